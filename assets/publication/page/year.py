"""arshjul.html: what falls due, as a wheel of twelve months, a table with the same numbers, and a list of days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from markupsafe import Markup

from assets.publication import sv
from assets.publication.calendar.events import REGISTERS, RINGS, Event, events
from assets.publication.calendar.wheel import counted, month_name, months_from, wheel
from assets.publication.page.html_table import Column, Download, Table, table
from assets.publication.page.render import head, render
from assets.publication.report import Report

_CALENDAR = (Download("arshjul.ics", "arshjul.ics (kalender)"),)
_DAYS = (Column("Dag", "dag"), Column("Vad som ska göras"), Column("Slag", choose=True), Column("Vilka"))


def write_year(report: Report, path: Path) -> None:
    """Writes arshjul.html."""
    found, as_of = events(report.tables.due), report.run.as_of
    page = render(
        "arshjul.html",
        head=head(report, "Årshjul", "arshjul"),
        wheel=Markup(wheel(found, as_of, "hjul")),  # noqa: S704 – its words are escaped where it is drawn
        rings=RINGS,
        months=months_table(found, as_of),
        lists=_lists(found, as_of),
        is_city=report.is_city,
        lacking=_lacking(report),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def _lacking(report: Report) -> str:
    """The registers that days would have come from and that haven't come, as the end of a sentence."""
    missing = report.tables.register_status.filter(status="saknas")["register"]
    return sv.join_list([sv.register_name(slug) for slug in REGISTERS if slug in missing])


def months_table(shown: Sequence[Event], as_of: date) -> Table:
    """The wheel's numbers: months down, rings across."""
    counts = counted(shown)
    rows = [[month_name(month), *(counts.get((month, ring), 0) for ring in RINGS)] for month in months_from(as_of)]
    columns = [Column("Månad"), *(Column(ring, "tal") for ring in RINGS)]
    made = table("hjulets-tal", "Händelser per månad, samma som i hjulet", columns, rows, _CALENDAR, sort=False)
    return replace(made, search=False)


def _lists(shown: Sequence[Event], as_of: date) -> list[tuple[str, Table]]:
    """The year's days, and what lies before and after; only what there is."""
    months = months_from(as_of)
    first, last = (date(year, month + 1, 1) for year, month in (months[0], months[-1]))
    end = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    parts = (
        ("Tidigare i år och inte klart", "tidigare", [event for event in shown if event.day < first]),
        ("Det kommande året", "aret", [event for event in shown if first <= event.day < end]),
        ("Längre fram", "sedan", [event for event in shown if event.day >= end]),
    )
    return [
        (heading, table(ident, f"{heading}, dag för dag", _DAYS, [_row(event) for event in part], _CALENDAR))
        for heading, ident, part in parts
        if part
    ]


def _row(event: Event) -> list[object]:
    return [event.day, event.summary, event.ring, event.description.replace("\n", ", ")]
