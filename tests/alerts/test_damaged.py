"""Files of the wing's own that can't be read: set aside, said, and the night goes on."""

import json
from datetime import date
from pathlib import Path

import pytest

from assets.alerts.state import state_before
from assets.damaged import read_or_set_aside
from tests.alerts.conftest import DAY, Installation, Post, mail_server, missing, recipients

pytestmark = pytest.mark.long

NIGHT = date(2026, 3, 3)
ROWS = {"marts.deliveries": [missing()]}

TORN = [
    b"",
    b"PAR1",
    b"\x00" * 400,
    lambda content: content[:100],
    lambda content: content[:-9],
    lambda content: content[200:],
]


def damage(path: Path, how: object) -> None:
    path.write_bytes(how(path.read_bytes()) if callable(how) else how)  # type: ignore[arg-type]


@pytest.mark.parametrize("how", TORN, ids=range(len(TORN)))
def test_the_last_nights_state_is_torn(installation: Installation, how: object) -> None:
    installation.night(NIGHT, ROWS)
    installation.night(NIGHT + DAY, ROWS)
    damage(installation.alerts / "nights" / "2026-03-04.parquet", how)
    state = installation.night(NIGHT + 2 * DAY, ROWS)
    found = {kind: (since, text) for kind, since, text in state.select("kind", "since", "text").rows()}
    assert found["leverans saknas"][0] == NIGHT, "the night before the torn one is what tonight goes on from"
    assert (
        "alerts/nights/2026-03-04.parquet.trasig bland lägesbildens egna gick inte att läsa"
        in found["kontroll underkänd"][1]
    )
    assert (installation.alerts / "nights" / "2026-03-04.parquet.trasig").exists()


def test_the_same_nights_state_is_torn(installation: Installation) -> None:
    first = installation.night(NIGHT, ROWS)
    damage(installation.alerts / "nights" / "2026-03-03.parquet", b"torn")
    again = installation.night(NIGHT, ROWS)
    assert again.filter(kind="leverans saknas").equals(first)
    assert again.filter(kind="kontroll underkänd")["organisation"].to_list() == ["staden"]


def test_the_alert_is_over_when_the_file_is_removed(installation: Installation) -> None:
    rows = ROWS | {"validation.results": []}
    installation.night(NIGHT, rows)
    damage(installation.alerts / "nights" / "2026-03-03.parquet", b"torn")
    for day in (1, 2):
        state = installation.night(NIGHT + day * DAY, rows).filter(kind="kontroll underkänd")
        assert state.select("since", "closed").rows() == [(NIGHT + DAY, None)]
    (installation.alerts / "nights" / "2026-03-03.parquet.trasig").unlink()
    state = installation.night(NIGHT + 3 * DAY, rows).filter(kind="kontroll underkänd")
    assert state.select("since", "closed").rows() == [(NIGHT + DAY, NIGHT + 3 * DAY)]


@pytest.mark.parametrize("torn", ["", "{", '{"id": 1}', "\0" * 50, "[]"])
def test_a_letter_that_waits_is_torn(installation: Installation, port: int, torn: str) -> None:
    """The server is down for two nights; one of the letters is torn meanwhile, and the other is delivered."""
    installation.configure("recipients.toml", recipients(port, organisations='["*"]'))
    installation.night(NIGHT, ROWS)
    installation.night(NIGHT + DAY, {"marts.deliveries": [missing(), missing("enheter")]})
    first, _ = sorted((installation.alerts / "outbox").glob("*.json"))
    first.write_text(torn, encoding="utf-8")
    box = Post()
    server = mail_server(port, box)
    server.start()
    try:
        installation.night(NIGHT + 2 * DAY, {"marts.deliveries": [missing(), missing("enheter")]})
    finally:
        server.stop()
    assert box.subjects == ["Lägesbild 2026-03-04: 1 nytt larm", "Lägesbild 2026-03-05: 1 nytt larm"]
    assert f"alerts/outbox/{first.name}.trasig" in box.texts()[1]
    assert [path.name for path in (installation.alerts / "outbox").iterdir()] == [f"{first.name}.trasig"]


@pytest.mark.parametrize("torn", ["", "{", "[1]", '{"Samordnaren": {"open": 7}}', "\0" * 9])
def test_what_readers_were_notified_of_is_torn(installation: Installation, post: Post, port: int, torn: str) -> None:
    """They hear again of all that is open: rather twice than never."""
    installation.configure("recipients.toml", recipients(port))
    installation.night(NIGHT, ROWS)
    (installation.alerts / "notified.json").write_text(torn, encoding="utf-8")
    state = installation.night(NIGHT + DAY, ROWS)
    assert post.subjects == ["Lägesbild 2026-03-03: 1 nytt larm", "Lägesbild 2026-03-04: 1 nytt larm"]
    assert "notified.json.trasig" in state.filter(organisation="staden")["text"].item()


def test_a_night_that_fails_on_torn_files_is_alerted_all_the_same(installation: Installation) -> None:
    from assets.alerts.send import alert_failed_night

    installation.night(NIGHT, ROWS)
    damage(installation.alerts / "nights" / "2026-03-03.parquet", b"torn")
    alert_failed_night(installation.settings, installation.configuration, NIGHT, environment={})
    assert "körning misslyckad" in (installation.alerts / "larm.csv").read_text(encoding="utf-8-sig")


def test_a_disk_that_fails_is_no_torn_file(tmp_path: Path) -> None:
    def read(_: Path) -> str:
        raise OSError(5, "Input/output error")

    (tmp_path / "a").touch()
    with pytest.raises(OSError, match="Input/output"):
        read_or_set_aside(tmp_path / "a", read)
    assert (tmp_path / "a").exists()


def test_a_state_of_another_shape_is_torn_as_well(installation: Installation) -> None:
    state = installation.night(NIGHT, ROWS)
    path = installation.alerts / "nights" / "2026-03-03.parquet"
    state.drop("since").write_parquet(path)
    assert state_before(installation.alerts, NIGHT + DAY).is_empty()
    assert not path.exists()


def test_what_an_earlier_version_kept_is_read(installation: Installation, post: Post, port: int) -> None:
    installation.configure("recipients.toml", recipients(port))
    installation.night(NIGHT, ROWS)
    (installation.alerts / "notified.json").rename(installation.alerts / "told.json")
    installation.night(NIGHT + DAY, ROWS)
    assert post.subjects == ["Lägesbild 2026-03-03: 1 nytt larm"]
    assert set(json.loads((installation.alerts / "notified.json").read_text("utf-8"))) == {"Samordnaren"}
    assert not (installation.alerts / "told.json").exists()
