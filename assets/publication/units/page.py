"""enheter/<kod>.html: a unit's own figures and gaps and how to mend each, on one page to mail or print.

The page stands alone: its style is in it, and it leads to nothing but its own workbook.
"""

from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from markupsafe import Markup, escape

from assets.publication import sv
from assets.publication.output import OrganisationFolder
from assets.publication.page import html_table, reason
from assets.publication.page.html_table import Column, Download, Table, table
from assets.publication.page.render import head, render
from assets.publication.report import Report
from assets.publication.units.names import FOLDER
from assets.publication.units.own import Unit, units_of
from assets.publication.units.workbook import unit_sheets, write_unit_workbook

_MAX_BYTES = 200_000
"""Of all tables of a page together; what doesn't fit stands in the unit's workbook."""

_FIGURES = (
    Column("Indikator"), Column("Utfall", "tal"), Column("Mål", "tal"), Column("Status"), Column("Ej mätta", "tal"),
)  # fmt: skip
_GAPS = {
    "key": Column("Objekt"), "label": Column("Benämning"), "reason": Column("Orsak", "fras"),
    "opened": Column("Öppen sedan", "dag"), "age_days": Column("Ålder i dagar", "tal"), "shared": Column("Delas med"),
    "delivery": Column("Källfil", "fil"), "row": Column("Källrad", "tal"),
}  # fmt: skip


_OPEN = ("brist", "öppen brist", "öppna brister")
_MISSED = ("omatt", "post som inte gick att mäta", "poster som inte gick att mäta")
"""What a table of either kind begins its id with, and what one and several of its rows are called."""


@dataclass(frozen=True)
class _ToMend:
    """The gaps of one indicator, or what of it could not be measured, and what to do about them."""

    indicator: str
    title: str
    mend: str
    table: Table


def write_unit_files(folder: OrganisationFolder) -> None:
    """Writes the page and the workbook of every unit."""
    place = folder.path / FOLDER
    place.mkdir()
    units = units_of(folder.report)
    sheets = unit_sheets(units)
    for unit in units:
        write_unit_workbook(folder.report, unit, sheets, place / f"{unit.file}.xlsx")
        page = unit_page(folder.report, unit)
        (place / f"{unit.file}.html").write_text(page, encoding="utf-8", newline="\n")


def unit_page(report: Report, unit: Unit) -> str:
    """The page. Tables are cut where it would grow too large, and say so."""
    gaps, missed = (_by_indicator(rows) for rows in (unit.gaps, unit.not_measured))
    most = _MAX_BYTES // max(len(gaps) + len(missed), 1)
    book = Download(f"{unit.file}.xlsx", f"{unit.file}.xlsx")
    return render(
        "enhet.html",
        head=head(report, unit.name, "enhet", root="../"),
        unit=unit,
        sentence=_sentence(unit, len(gaps)),
        figures=_figures_table(unit),
        to_mend=[
            _ToMend(ident, *report.mends[ident], _gap_table(ident, own, _OPEN, book, most))
            for ident, own in gaps.items()
        ],
        not_measured=[
            _ToMend(ident, *report.mends[ident], _gap_table(ident, own, _MISSED, book, most))
            for ident, own in missed.items()
        ],
        workbook=book.href,
    )


def _sentence(unit: Unit, indicators: int) -> str:
    """How many gaps the unit has, and how many of its targets it reaches."""
    targeted = sum(map(unit.states, ("röd", "gul", "grön")))
    reached = ""
    if targeted:
        met = sv.integer(unit.states("grön"))
        reached = f" {met} av {sv.counted(targeted, 'mål är uppnått', 'mål är uppnådda')}."
    if not unit.gaps.height:
        return f"Inga öppna brister.{reached}"
    gaps = sv.counted(unit.gaps.height, "öppen brist", "öppna brister")
    return f"{gaps} i {sv.counted(indicators, 'indikator', 'indikatorer')}.{reached}"


def _figures_table(unit: Unit) -> Table:
    rows = [_figure(row) for row in unit.figures.iter_rows(named=True)]
    return _plain(table("siffror", sv.counted(len(rows), "siffra", "siffror"), _FIGURES, rows))


def _figure(row: dict[str, Any]) -> list[object]:
    kind = row["kind"]
    outcome = escape(sv.figure(kind, row["value"]))
    if base := sv.base(kind, row["numerator"], row["denominator"]):
        outcome += Markup(' <span class="bas">{}</span>').format(base)
    status = html_table.state(row["state"])
    if why := reason.sentence(row):
        status = status + " " + why
    wanted = sv.target(kind, row["target"]) + (" (lagkrav)" if row["law"] else "")
    return [f"{row['indicator']} {row['title']}", outcome, wanted, status, row["not_measured"] or None]


def _gap_table(
    indicator: str, rows: list[dict[str, Any]], kind: tuple[str, str, str], book: Download, most: int
) -> Table:
    """The gaps, oldest first, with the columns that have something in them."""
    names = [name for name in _GAPS if any(row.get(name) is not None for row in rows)]
    ordered = sorted(rows, key=lambda row: (row["opened"] is not None, row["opened"]))
    ident, one, many = kind
    made = table(
        f"{ident}-{indicator}",
        f"{indicator}: {sv.counted(len(rows), one, many)}" + (", äldst först" if len(rows) > 1 else ""),
        [_GAPS[name] for name in names],
        [[row[name] for name in names] for row in ordered[: html_table.MAX_ROWS]],
        (book,),
        most,
        total=len(rows),
    )
    return _plain(made if made.left_out else replace(made, downloads=()))


def _plain(made: Table) -> Table:
    """The table without what needs the pages' script."""
    return replace(made, search=False, sort=False)


def _by_indicator(gaps: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of each indicator. A unit has few: as Polars' tables they took four times as long."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in gaps.iter_rows(named=True):
        found.setdefault(row["indicator"], []).append(row)
    return found
