"""arshjul.ics over several nights, as a calendar program takes it in; the events and the wheel that it is made of."""

import dataclasses
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from icalendar import Calendar, Event

from assets.publication.calendar.events import KINDS, MAX_NAMED, REGISTERS, RINGS, events
from assets.publication.calendar.ics import write_calendar
from assets.publication.calendar.wheel import counted, month_name, months_from, wheel
from assets.publication.report import Report
from assets.warehouse.models import upstream
from tests.cases import MODELS
from tests.cases import REGISTERS as REGISTER_CONTRACTS

pytestmark = pytest.mark.slow

B = date(2026, 11, 21)
Due = tuple[str, str, str | None, date, datetime | None]


def frame(*rows: Due) -> pl.DataFrame:
    schema = {"kind": pl.String, "key": pl.String, "label": pl.String, "due": pl.Date, "moment": pl.Datetime}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def assets_due(number: int, day: date = date(2026, 12, 1)) -> list[Due]:
    return [("inventering av informationstillgång", f"T{n}", None, day, None) for n in range(number)]


PLAN: Due = ("aktivitet i handlingsplanen", "P1", "Utbilda; alla, även nya", date(2027, 3, 1), None)
LIMIT: Due = (
    "tidsfrist för rapport",
    "I1 / Anmäld IMY",
    "Anmäl ärende I1 till IMY",
    date(2026, 11, 23),
    datetime.fromisoformat("2026-11-23T09:30"),
)


def published(report: Report, folder: Path, night: int, *due: Due) -> dict[str, Event]:
    """The calendar of the n:th night, on top of the one before: summary → event."""
    run = dataclasses.replace(report.run, as_of=B + timedelta(days=night))
    made_at = datetime(2026, 11, 21, 1, tzinfo=UTC) + timedelta(days=night)
    tonight = dataclasses.replace(
        report, run=run, made_at=made_at, tables=dataclasses.replace(report.tables, due=frame(*due))
    )
    path = folder / f"{night}.ics"
    write_calendar(tonight, path, folder / f"{night - 1}.ics", folder / "aside.ics")
    found = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(event["SUMMARY"]): event for event in found if isinstance(event, Event)}


@pytest.fixture
def report(reports: dict[str, Report]) -> Report:
    return reports["farsta"]


def test_an_event_lives_as_long_as_what_it_is_about(report: Report, tmp_path: Path) -> None:
    first = published(report, tmp_path, 1, *assets_due(3), PLAN)
    assert set(first) == {"Bekräfta 3 informationstillgångar", "Handlingsplanen: Utbilda; alla, även nya"}
    assert first["Bekräfta 3 informationstillgångar"].decoded("DTSTART") == date(2026, 12, 1)
    assert {str(event["SEQUENCE"]) for event in first.values()} == {"0"}

    moved = (*PLAN[:3], date(2027, 4, 1), None)
    second = published(report, tmp_path, 2, *assets_due(1), moved)
    one, plan = second["Bekräfta 1 informationstillgång"], second["Handlingsplanen: Utbilda; alla, även nya"]
    assert (one["UID"], one["SEQUENCE"]) == (first["Bekräfta 3 informationstillgångar"]["UID"], 1)
    assert (plan["UID"], plan["SEQUENCE"]) == (first["Handlingsplanen: Utbilda; alla, även nya"]["UID"], 1)
    assert plan.decoded("DTSTART") == date(2027, 4, 1)

    third = published(report, tmp_path, 3, moved)
    gone = third["Bekräfta 1 informationstillgång"]
    assert (str(gone["STATUS"]), gone["SEQUENCE"], gone["UID"]) == ("CANCELLED", 2, one["UID"])
    assert third["Handlingsplanen: Utbilda; alla, även nya"].to_ical() == plan.to_ical(), "unchanged, to the byte"

    fourth = published(report, tmp_path, 4, *assets_due(1), moved)
    again = fourth["Bekräfta 1 informationstillgång"]
    assert (str(again["STATUS"]), again["SEQUENCE"]) == ("CONFIRMED", 3)


def test_a_cancelled_event_stays_until_its_day_has_passed(report: Report, tmp_path: Path) -> None:
    published(report, tmp_path, 1, *assets_due(2, B + timedelta(days=3)))
    assert [len(published(report, tmp_path, night)) for night in (2, 3, 4)] == [1, 1, 0]


def test_the_same_night_again_gives_the_same_bytes(report: Report, tmp_path: Path) -> None:
    published(report, tmp_path, 1, *assets_due(2), PLAN, LIMIT)
    published(report, tmp_path, 2, *assets_due(2), PLAN, LIMIT)
    assert (tmp_path / "1.ics").read_bytes() == (tmp_path / "2.ics").read_bytes()


def test_a_limit_in_hours_is_a_moment(report: Report, tmp_path: Path) -> None:
    (event,) = published(report, tmp_path, 1, LIMIT).values()
    assert event.decoded("DTSTART") == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert str(event["SUMMARY"]) == "Anmäl ärende I1 till IMY"


def test_the_file_is_one_that_calendar_programs_take(report: Report, tmp_path: Path) -> None:
    published(report, tmp_path, 1, *assets_due(MAX_NAMED + 2), PLAN, LIMIT)
    content = (tmp_path / "1.ics").read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75, "folded"
    calendar = Calendar.from_ical(content)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert not calendar.errors
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "STATUS"} <= set(event)
        assert not event.errors
    names = next(str(e["DESCRIPTION"]) for e in calendar.walk("VEVENT") if "tillgångar" in str(e["SUMMARY"]))
    assert names.splitlines()[-1] == "och 2 till"


def test_two_organisations_have_different_events(reports: dict[str, Report], tmp_path: Path) -> None:
    for name, report in reports.items():
        (tmp_path / name).mkdir()
        published(report, tmp_path / name, 1, PLAN)
    first, second = (Calendar.from_ical((tmp_path / n / "1.ics").read_bytes()).walk("VEVENT")[0] for n in reports)
    assert first["UID"] != second["UID"]


def test_every_kind_that_falls_due_has_its_words() -> None:
    assert set(re.findall(r"'([^']+)' as kind", MODELS["marts.due"].query)) == set(KINDS)
    assert {kind.ring for kind in KINDS.values()} == set(RINGS)


def test_the_wheel_and_its_numbers() -> None:
    days = events(frame(*assets_due(2), *assets_due(2, date(2026, 12, 24)), PLAN, LIMIT))
    counts = counted(days)
    assert counts[(2026, 11), "Inventera och följa upp"] == 2
    months = months_from(B)
    assert (month_name(months[0]), month_name(months[-1]), len(set(months))) == ("nov 2026", "okt 2027", 12)
    drawn = wheel(days, B, "hjul")
    assert drawn.count("<path") == 12 * len(RINGS)
    assert "dec 2026: 2 inventera och följa upp" in drawn
    assert 'aria-labelledby="hjul-titel hjul-text"' in drawn
    assert wheel(days, B, "hjul") == drawn
    assert "nov 2026: inget" in wheel([], B, "tom")


def test_the_registers_that_days_come_from_are_those_that_the_mart_reads() -> None:
    read = {
        table.removeprefix("registers.")
        for near in upstream(MODELS, ["marts.due"])
        for table in MODELS[near].reads
        if table.startswith("registers.")
    }
    own = {name for name in read if REGISTER_CONTRACTS[name].level == "organisation"}
    assert own == set(REGISTERS)
