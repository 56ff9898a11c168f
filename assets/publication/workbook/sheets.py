"""Which sheets the workbook has, and the table on each: every published list under the headings of its file."""

import polars as pl

from assets.publication.queries import report_query
from assets.publication.report import Report

_SHEETS = {
    "Indikatorer": "figures",
    "Osäkerhet": "bounds",
    "Per organisation": "figures_per_organisation",
    "Per enhet": "figures_per_unit",
    "Brister": "open_gaps",
    "Vägen till grönt": "way_to_green",
    "Historik": "history",
    "Leveranser": "deliveries",
    "Karantän": "quarantine",
    "Omatchade": "unmatched",
    "Dubbla källor": "doubles",
    "Personnummer": "personal_numbers",
    "Ej mätta": "not_measured",
    "Stängda": "closed_gaps",
}
"""Sheet → the report's query that it shows."""
_OF_THE_CITY = {"Indikatorer", "Osäkerhet", "Per organisation", "Historik", "Leveranser", "Karantän", "Dubbla källor"}
"""The city gets the roll-up and no list of items, but what is to be said of its own registers."""
_NOT_ASKED = "Mäts inte"
"""Where indicators stand that aren't asked, and why; there is no such sheet where all are."""


def sheets(report: Report) -> dict[str, pl.DataFrame]:
    """Sheet → its table, in the order in which they stand after the overview; last one for each gap list."""
    tables = report.tables
    found = {
        sheet: _for_sheet(query, getattr(tables, query))
        for sheet, query in _SHEETS.items()
        if (sheet in _OF_THE_CITY if report.is_city else sheet != "Per organisation")
    }
    found["Indikatorer"] = _for_sheet("figures", report.asked)
    if report.not_asked.height:
        found[_NOT_ASKED] = _for_sheet("figures", report.not_asked)
    if report.is_city:
        return found
    gaps = tables.gaps.partition_by("indicator", as_dict=True)
    lists = report.asked.filter("gap_list")["indicator"]
    return found | {indicator: _for_sheet("gaps", gaps.get((indicator,), tables.gaps.clear())) for indicator in lists}


def _for_sheet(query: str, table: pl.DataFrame) -> pl.DataFrame:
    return report_query(query).for_sheet(table.with_columns(pl.selectors.decimal().cast(pl.Float64)))
