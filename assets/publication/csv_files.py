"""One organisation's rows as CSV files, and as a DuckDB file for reading."""

from pathlib import Path

import duckdb
import polars as pl

from assets.excel_csv import decimal_comma, harmless, write_excel_csv, write_harmless
from assets.publication.output import OrganisationFolder, Writer
from assets.publication.queries import report_query
from assets.publication.report import Report

WAREHOUSE_TABLES = (
    "marts.indicator_values", "marts.indicator_items", "marts.gaps", "marts.deliveries", "marts.quarantine",
    "marts.unmatched", "marts.links", "catalogue.indicators",
)  # fmt: skip
"""What an organisation gets a copy of: of a mart its own rows alone, and the catalogue."""

_LIST = "list"
"""Whose list a row stands in, while they are told apart: no heading is in English."""


def csv_file(query: str, place: str) -> Writer:
    """A writer of the CSV file at `place` in the folder: the organisation's rows of the report's query."""

    def write(folder: OrganisationFolder) -> None:
        write_table(query, getattr(folder.report.tables, query), folder.path / place)

    return write


def write_gap_lists(report: Report, folder: Path) -> None:
    """Writes one CSV file for each indicator that is asked and has a gap list, headings even when it is empty."""
    rows = harmless(_for_file("gaps", report.tables.gaps))
    lists = rows.with_columns(report.tables.gaps["indicator"].alias(_LIST)).partition_by(
        _LIST, as_dict=True, include_key=False, maintain_order=True
    )
    for indicator in report.active.filter("gap_list")["indicator"]:
        write_harmless(lists.get((indicator,), rows.clear()), folder / "bristlistor" / f"{indicator}.csv")


def write_table(query: str, table: pl.DataFrame, path: Path) -> None:
    """Writes a table that a report's query has given as its CSV file."""
    write_excel_csv(_for_file(query, table), path)


def _for_file(query: str, table: pl.DataFrame) -> pl.DataFrame:
    return report_query(query).for_file(_with_figures_as_text(table))


def _with_figures_as_text(table: pl.DataFrame) -> pl.DataFrame:
    """Percentages with one decimal after a comma, counts as integers (docs/spec/interfaces.md, Out)."""
    if "measure" not in table.columns:
        return table
    is_share = pl.col("measure") == "%"
    return table.with_columns(
        pl.when(is_share).then(decimal_comma(pl.col(name))).otherwise(pl.col(name).cast(pl.Int64).cast(pl.String))
        for name in ("value", "previous", "lowest", "highest")
        if name in table.columns
    )


def write_warehouse(folder: OrganisationFolder) -> None:
    """Writes warehouse.duckdb: WAREHOUSE_TABLES, without their schemas."""
    con: duckdb.DuckDBPyConnection = folder.publication.con
    path = str(folder.path / "warehouse.duckdb").replace("'", "''")
    con.execute(f"ATTACH '{path}' AS copy")
    try:
        for table in WAREHOUSE_TABLES:
            schema, name = table.split(".")
            if schema == "marts":
                query = f"CREATE TABLE copy.{name} AS FROM {table} WHERE organisation = ?"
                con.execute(query, [folder.organisation])
            else:
                con.execute(f"CREATE TABLE copy.{name} AS FROM {table}")
    finally:
        con.execute("DETACH copy")
