"""arshjul.html: what falls due, as a wheel of twelve months, a table with the same numbers, and the days by month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from markupsafe import Markup

from assets.publication import sv
from assets.publication.calendar.events import REGISTERS, RINGS, Event, events
from assets.publication.calendar.wheel import Counts, Month, counted, month_name, months_from, wheel
from assets.publication.page.html_table import Column, Download, Table, link, table
from assets.publication.page.render import head, render
from assets.publication.report import Report
from assets.publication.sv import sentence

_CALENDAR = (Download("arshjul.ics", "arshjul.ics (kalender)"),)
_DAYS = (Column("Dag", "dag"), Column("Vad som ska göras"), Column("Slag", choose=True), Column("Vilka"))


@dataclass(frozen=True)
class Part:
    """A stretch of time with something in it: its heading, the id that leads to it, and its days."""

    heading: str
    ident: str
    table: Table


def write_year(report: Report, path: Path) -> None:
    """Writes arshjul.html."""
    found, as_of = events(report.tables.due), report.run.as_of
    months = months_from(as_of)
    first, end = _first_day(months[0]), _first_day(_next(months[-1]))
    page = render(
        "arshjul.html",
        head=head(report, "Årshjul", "arshjul"),
        wheel=Markup(wheel(found, as_of, "hjul")),  # noqa: S704 – its words are escaped where it is drawn
        rings=RINGS,
        counts=months_table(found, as_of),
        before=_part("Tidigare och inte klart", "tidigare", [event for event in found if event.day < first]),
        months=[part for month in months if (part := _month(month, found))],
        after=_part("Längre fram", "sedan", [event for event in found if event.day >= end]),
        is_city=report.is_city,
        lacking=_lacking(report),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def _lacking(report: Report) -> str:
    """The registers that days would have come from and that haven't come, as the end of a sentence."""
    missing = report.tables.register_status.filter(status="saknas")["register"]
    return sv.join_list([sv.register_name(slug) for slug in REGISTERS if slug in missing])


def months_table(entries: Sequence[Event], as_of: date) -> Table:
    """The wheel's numbers: months down, rings across. A month with anything in it leads to its days."""
    counts = counted(entries)
    rows = [[_name(month, counts), *(counts.get((month, ring), 0) for ring in RINGS)] for month in months_from(as_of)]
    columns = [Column("Månad"), *(Column(ring, "tal") for ring in RINGS)]
    made = table("hjulets-tal", "Händelser per månad, samma som i hjulet", columns, rows, _CALENDAR, sort=False)
    return replace(made, search=False)


def _name(month: Month, counts: Counts) -> str | Markup:
    has_any = any(counts.get((month, ring)) for ring in RINGS)
    return link(f"#{_ident(month)}", month_name(month)) if has_any else month_name(month)


def _ident(month: Month) -> str:
    return f"manad-{month[0]}-{month[1] + 1:02}"


def _first_day(month: Month) -> date:
    return date(month[0], month[1] + 1, 1)


def _next(month: Month) -> Month:
    return divmod(month[0] * 12 + month[1] + 1, 12)


def _month(month: Month, entries: Sequence[Event]) -> Part | None:
    first, end = _first_day(month), _first_day(_next(month))
    own = [event for event in entries if first <= event.day < end]
    return _part(sentence(f"{sv.month_names()[month[1]]} {month[0]}"), _ident(month), own)


def _part(heading: str, ident: str, own: Sequence[Event]) -> Part | None:
    """None where there is nothing."""
    if not own:
        return None
    rows = [[event.day, event.summary, event.ring, event.description.replace("\n", ", ")] for event in own]
    caption = f"{heading}: {sv.counted(len(own), 'händelse', 'händelser')}"
    return Part(heading, ident, table(f"{ident}-dagar", caption, _DAYS, rows, _CALENDAR))
