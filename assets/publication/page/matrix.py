"""matris.html: the organisations beside each other, indicator by indicator, and how many of each state they have."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from assets.publication import sv
from assets.publication.page import html_table
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.page.render import head, render
from assets.publication.report import Report

_DOWNLOADS = (
    Download("indikatorer_per_organisation.csv", "indikatorer_per_organisation.csv"),
    sheet("Per organisation"),
)
_MAX_BYTES = 280_000
"""Of the table: fifty organisations by every indicator, which a browser opens at once."""

Row = Mapping[str, Any]


def write_matrix(report: Report, path: Path) -> None:
    """Writes matris.html of the city."""
    page = render(
        "matris.html",
        head=head(report, "Organisationerna", "oversikt"),
        counts=counts(report),
        matrix=_matrix(report),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def _organisations(report: Report) -> list[str]:
    return report.parts["organisation"].unique().sort().to_list()


def _name(report: Report, organisation: str) -> str:
    return report.names.get(organisation) or organisation.capitalize()


def counts(report: Report) -> Table:
    """How many indicators each organisation has in each state."""
    counted = report.parts.group_by("organisation", "state").len().rows()
    numbers = {(organisation, state): number for organisation, state, number in counted}
    columns = [Column("Organisation"), *(Column(state.capitalize(), "tal") for state in sv.STATE_WORDS)]
    rows = [
        [_name(report, organisation), *(numbers.get((organisation, state), 0) for state in sv.STATE_WORDS)]
        for organisation in _organisations(report)
    ]
    return table("antal", "Antal indikatorer per organisation och status", columns, rows, _DOWNLOADS)


def _matrix(report: Report) -> Table:
    """A row per indicator, a column per organisation: the state as a sign, with the figure for who points at it."""
    organisations = _organisations(report)
    cells = {(row["indicator"], row["organisation"]): row for row in report.parts.to_dicts()}
    columns = [Column("Indikator"), *(Column(_name(report, organisation), "ruta") for organisation in organisations)]
    rows = [
        [
            html_table.link(f"indikatorer/{row['indicator']}.html", f"{row['indicator']} {row['title']}"),
            *(_cell(row, cells.get((row["indicator"], organisation))) for organisation in organisations),
        ]
        for row in report.active.to_dicts()
    ]
    caption = "Status för varje indikator och organisation"
    return table("matris", caption, columns, rows, _DOWNLOADS, most_bytes=_MAX_BYTES)


def _cell(row: Row, part: Row | None) -> Markup | None:
    if part is None:
        return None
    state = part["state"]
    figure = "" if part["value"] is None else f", {sv.figure(row['kind'], part['value'])}"
    base = sv.base(row["kind"], part["numerator"], part["denominator"])
    words = f"{state}{figure}{f' ({base})' if base else ''}"
    return Markup('<a class="{}" data-ordning="{}" href="indikatorer/{}.html" aria-label="{}">{}</a>').format(
        html_table.css(state), html_table.rank(state), row["indicator"], words, sv.state_words(state).symbol
    )
