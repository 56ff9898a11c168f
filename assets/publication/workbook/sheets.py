"""Which sheets the workbook has, and the table on each: every published list under the headings of its file."""

import polars as pl

from assets.publication.queries import report_query
from assets.publication.report import Report
from assets.publication.sv import FEW

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
_INACTIVE = "Mäts inte"
"""Where indicators stand that aren't asked, and why."""


def sheets(report: Report) -> dict[str, pl.DataFrame]:
    """Sheet → its table, in the order in which they stand after the overview; last one for each gap list. One without
    rows is no sheet (`write`)."""
    tables = report.tables
    every = {
        sheet: _for_sheet(query, getattr(tables, query))
        for sheet, query in _SHEETS.items()
        if (sheet in _OF_THE_CITY if report.is_city else sheet != "Per organisation")
    }
    every["Indikatorer"] = _for_sheet("figures", report.active)
    every[_INACTIVE] = _for_sheet("figures", report.inactive)
    if not report.is_city:
        gaps = tables.gaps.partition_by("indicator", as_dict=True)
        lists = report.active.filter("gap_list")["indicator"]
        every |= {indicator: _for_sheet("gaps", gaps.get((indicator,), tables.gaps.clear())) for indicator in lists}
    return every


def with_headings(query: str, table: pl.DataFrame) -> pl.DataFrame:
    """The report's table under the headings that a sheet has, decimals as a spreadsheet's numbers."""
    return report_query(query).for_sheet(table.with_columns(pl.selectors.decimal().cast(pl.Float64)))


def _for_sheet(query: str, table: pl.DataFrame) -> pl.DataFrame:
    found = with_headings(query, table)
    if not {"Täljare", "Nämnare", "Mått"} <= set(found.columns):
        return found
    place = found.columns.index("Mått") + 1
    return found.insert_column(place, found.select(_BASE.alias("Utfall")).to_series())


_BASE = pl.when(Mått="%").then(
    pl.format(
        "{} av {}{}", "Täljare", "Nämnare",
        pl.when(pl.col("Nämnare").is_between(1, FEW - 1)).then(pl.lit(", litet underlag")).otherwise(pl.lit("")),
    )
)  # fmt: skip
"""What a share is a share of, in words, as sv.base says it on the pages."""
