"""A digest of very many alerts is just work: it is made, it is cut where it must be, and larm.csv holds them all."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from assets.alerts.configuration import Configuration, Mute
from assets.alerts.digest import MAX_CLOCKS, MAX_LINES
from assets.alerts.files import write_files
from assets.alerts.notify import NotificationState, due, notify
from assets.alerts.recipients import Recipients
from assets.alerts.shapes import FINDING, STATE
from assets.alerts.state import advance
from assets.alerts.vocabulary import Kind

NIGHT = date(2026, 3, 3)
KINDS = (Kind.DEADLINE, Kind.LATE_DELIVERY)
MANY = 20_000  # more than 16,384, the rows that Polars takes at a time


def findings(kind: str, organisations: int = 1, count: int = MANY) -> pl.DataFrame:
    number = pl.int_range(count)
    return pl.select(
        organisation=pl.format("o{}", number % organisations),
        id=pl.format("L-{}", number),
        kind=pl.lit(kind),
        severity=pl.lit("varning"),
        unit=None,
        register=None,
        indicator=None,
        text=pl.format("Larm nummer {} är öppet sedan länge.", number),
    ).cast(FINDING)  # type: ignore[arg-type]


def raised(found: pl.DataFrame, night: date = NIGHT) -> pl.DataFrame:
    nothing, unseen = pl.DataFrame(schema=STATE), pl.DataFrame(schema={"organisation": pl.String, "kind": pl.String})
    return advance(nothing, nothing, found, unseen, night)


@pytest.mark.slow
@pytest.mark.parametrize("organisations", [1, 300])
@pytest.mark.parametrize("kind", [Kind.LATE_DELIVERY, Kind.DEADLINE])
@pytest.mark.parametrize("muted", [False, True])
def test_a_digest_of_many(organisations: int, kind: Kind, muted: bool) -> None:
    mutes = (Mute(reason="a", until=NIGHT, organisation="o0"),) if muted else ()
    state = raised(findings(kind, organisations))
    digest, after = due(state, NotificationState(), Configuration(mutes=mutes), NIGHT)
    silent = state.filter(organisation="o0").height if muted else 0
    assert len(after.open) == MANY - silent
    if silent == MANY:
        assert digest is None
        return
    assert digest is not None
    assert (digest.new, digest.open) == (MANY - silent, MANY - silent)
    groups = [group for section in digest.sections for group in (section.clocks, section.new)[kind != Kind.DEADLINE]]
    assert sum(group.count for group in groups) == MANY - silent
    most = MAX_CLOCKS if kind == Kind.DEADLINE else MAX_LINES
    assert all(len(group.lines) == min(most, group.count) for group in groups)


def test_many_end_at_once() -> None:
    state, night = raised(findings(Kind.LATE_DELIVERY)), NIGHT + timedelta(days=1)
    _, heard = due(state, NotificationState(), Configuration(), NIGHT)
    over = advance(state, state.clear(), pl.DataFrame(schema=FINDING), pl.DataFrame(schema={
        "organisation": pl.String, "kind": pl.String,
    }), night)  # fmt: skip
    digest, after = due(over, heard, Configuration(), night)
    assert digest is not None
    assert (digest.closed, after.open) == (MANY, frozenset())


def test_a_mail_of_many_is_short_and_larm_csv_is_whole(tmp_path: Path) -> None:
    recipients = Recipients.model_validate({
        "smtp": {"host": "127.0.0.1", "port": 1, "security": "ingen", "sender": "l@exempel.se"},
        "recipients": [{"name": "S", "organisations": ["o0"], "mail": ["s@exempel.se"]}],
    })  # fmt: skip
    configuration = Configuration(recipients=recipients)
    state = raised(
        pl.concat([findings(kind) for kind in KINDS]).with_columns(id=pl.format("L-{}", pl.int_range(pl.len())))
    )
    write_files(tmp_path, state, "o0", NIGHT, configuration, rehearsal=False)
    assert (tmp_path / "larm.csv").read_bytes().count(b"\r\n") == 1 + len(KINDS) * MANY
    page = (tmp_path / "larm.html").read_text(encoding="utf-8")
    assert f"… och {MANY - MAX_LINES} till, se larm.csv" in page
    assert f"… och {MANY - MAX_CLOCKS} till, se larm.csv" in page
    assert notify(tmp_path, state, NIGHT, configuration, {}, rehearsal=False) == (0, 1)
    (letter,) = (tmp_path / "outbox").iterdir()
    assert letter.stat().st_size < 200_000
