"""The purge: which bytes go, when, and what stays of them."""

import logging
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from assets.intake.purge import expired, purge
from assets.intake.resolve_deliveries import PurgedDelivery, resolve_deliveries
from assets.registers.contract import CITY, Register
from pipelines import cli
from tests.intake.delivered import REGISTERS
from tests.intake.places import Place

pytestmark = pytest.mark.slow

DAYS = 400
FIRST, SECOND = "vor_indikatorer_2026-10-31.csv", "vor_indikatorer_2026-11-15.csv"


def content(status: str) -> str:
    return f"Indikator;År;Bedömning\nBehörighet;2023;{status}\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """One delivery that another has replaced: it counted last on 14 November 2026, and came on the 1st."""
    place = Place(tmp_path)
    place.deliver(FIRST, content("Delvis"))
    place.night(1)
    place.deliver(SECOND, content("Godtagbar"))
    place.night(15)
    return place


def gone(place: Place, today: date, registers: dict[str, Register] = REGISTERS) -> list[tuple[str, date]]:
    found = expired(place.archive, registers, today, DAYS)
    return list(found.select("name", "last_day").rows())


LAST = date(2026, 11, 14)
DUE = LAST + timedelta(days=DAYS + 1)


def test_the_bytes_go_when_the_days_have_passed_and_what_counts_stays(place: Place) -> None:
    assert gone(place, DUE - timedelta(days=1)) == []
    assert gone(place, DUE) == [(FIRST, LAST)]
    assert gone(place, date(2100, 1, 1)) == [(FIRST, LAST)], "what is in force is never purged"


def test_hash_counts_and_reading_stay(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    resolved, before = place.deliveries(), place.files("raw", "receipts")
    with caplog.at_level(logging.INFO, "lagesbild"):
        assert purge(place.archive, REGISTERS, DUE, DAYS).height == 1
    first = place.archive.receipts("farsta").filter(name=FIRST).to_dicts()[0]
    assert (first["purged"], first["loaded"], first["read"]) == (DUE, 1, 1)
    assert not place.archive.has_bytes(first["sha256"])
    assert place.files("raw", "receipts") == before
    assert place.deliveries().equals(resolved)
    assert f"Gallrad: farsta/{FIRST}, vor_indikatorer, gällde senast 2026-11-14" in caplog.text
    assert purge(place.archive, REGISTERS, DUE, DAYS).is_empty(), "once"
    assert place.night(16) == 0, "the next night misses nothing"
    assert place.rows("vor_indikatorer", LAST)[0]["bedomning"].to_list() == ["Delvis"], (
        "and an earlier K is as it was"
    )


def test_the_same_bytes_elsewhere_keep_them(place: Place) -> None:
    place.deliver(FIRST, content("Delvis"), folder="jarva")
    place.night(16)
    assert gone(place, date(2100, 1, 1)) == []


def test_what_is_dated_long_ago_but_came_late_is_kept_from_the_day_it_came(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.deliver("vor_indikatorer_2020-01-31.csv", content("Delvis"))
    place.deliver("vor_indikatorer_2020-02-28.csv", content("Godtagbar"))
    place.night(1)
    assert gone(place, date(2026, 11, 2)) == []
    assert [name for name, _ in gone(place, date(2026, 11, 2) + timedelta(days=DAYS))] == [
        "vor_indikatorer_2020-01-31.csv"
    ]


def test_refused_files_go_too_and_future_ones_do_not(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.deliver("vor_indikatorer_2026-10-31.csv", "x\n")
    place.deliver("vor_indikatorer_2099-10-31.csv", content("Delvis"))
    place.night(1)
    assert gone(place, date(2026, 11, 2) + timedelta(days=DAYS)) == [
        ("vor_indikatorer_2026-10-31.csv", date(2026, 11, 1))
    ]


def test_what_comes_again_is_kept_again(place: Place) -> None:
    purge(place.archive, REGISTERS, DUE, DAYS)
    place.deliver(FIRST, content("Delvis"), mtime=1)
    assert place.night(20) == 0
    first = place.archive.receipts("farsta").filter(name=FIRST).to_dicts()[0]
    assert first["purged"] is None
    assert place.archive.has_bytes(first["sha256"])


def test_after_a_change_of_the_contract_an_earlier_day_is_refused_and_today_is_not(place: Place) -> None:
    purge(place.archive, REGISTERS, DUE, DAYS)
    register = REGISTERS["vor_indikatorer"]
    column = register.columns[-1].model_copy(update={"also": ("Nytt namn",)})
    fields = register.model_dump() | {"columns": (*register.columns[:-1], column)}
    changed = REGISTERS | {register.name: Register.model_validate(fields)}
    path = place.inbox.parent / "today" / "deliveries.parquet"
    resolve_deliveries(place.inbox, place.archive, changed, DUE, DUE, path)
    assert path.exists()
    with pytest.raises(PurgedDelivery, match="Läget som känt 2026-11-14 kan inte räknas om: 1 leveranser"):
        resolve_deliveries(place.inbox, place.archive, changed, DUE, LAST, path.parents[1] / "then" / "d.parquet")


def test_ids_that_no_figure_reads_go_with_the_bytes(tmp_path: Path) -> None:
    place = Place(tmp_path)
    head = "System-id;System;Objekt-id;Leverantör;Driftform;Informationsägare;Personuppgifter;Livscykel"
    for day, owner in (("30", "A000123"), ("31", "A000456")):
        place.deliver(f"pm3_system_2026-10-{day}.csv", f"{head}\nS1;Ett;;;Lokal;{owner};;Drift\n")
    place.night(1)
    earlier = date(2026, 10, 30)
    (before,) = place.rows("pm3_system", earlier)
    purge(place.archive, REGISTERS, DUE, DAYS)
    (after,) = place.rows("pm3_system", earlier)
    assert before["informationsagare"].to_list() == ["A000123"]
    assert after["informationsagare"].to_list() == [None]
    assert after.drop("informationsagare").equals(before.drop("informationsagare"))
    (newest,) = place.rows("pm3_system")
    assert newest["informationsagare"].to_list() == ["A000456"], "what counts is as it was"


@pytest.fixture
def data(place: Place, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = place.archive.root.parent
    monkeypatch.setenv("LAGESBILD_DATA", str(data))
    return data


@pytest.mark.parametrize("dry_run", [True, False])
def test_the_command(place: Place, data: Path, monkeypatch: pytest.MonkeyPatch, dry_run: bool) -> None:
    monkeypatch.setattr("pipelines.commands.purge.today", lambda _settings: DUE)
    before = place.files()
    result = CliRunner().invoke(cli.main, ["purge", *(["--dry-run"] if dry_run else [])])
    assert result.exit_code == 0, result.output
    assert f"farsta/{FIRST}: gällde senast 2026-11-14" in result.output
    assert ("skulle gallras" in result.output) is dry_run
    assert (place.files() == before) is dry_run
    log = data / "logs" / "lagesbild.log"
    assert (not log.exists()) if dry_run else "Gallrad: farsta/" in log.read_text("utf-8")


@pytest.mark.usefixtures("data")
def test_nothing_is_purged_on_a_rehearsed_day(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAGESBILD_TODAY", str(DUE))
    before = place.files()
    result = CliRunner().invoke(cli.main, ["purge"])
    assert (result.exit_code, result.stderr) == (
        1, "Repetition (LAGESBILD_TODAY): ingenting gallras. Använd --dry-run.\n",
    )  # fmt: skip
    assert place.files() == before


def test_the_city_s_own_are_purged_too(tmp_path: Path) -> None:
    place = Place(tmp_path)
    head = "Krav-id;x\n"
    for day in ("30", "31"):
        place.deliver(f"omvarldsbevakning_2026-10-{day}.csv", head + day, folder=CITY)
    place.night(1)
    assert len(gone(place, date(2100, 1, 1))) == 2, "both are refused"
