"""One organisation's folder: its own rows of every table, as CSV files and as a DuckDB file for reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from assets.excel_csv import write_excel_csv
from assets.publication import tables
from assets.registers.contract import CITY, Register

_WAREHOUSE = ("indicator_values", "indicator_items", "gaps", "deliveries", "quarantine", "unmatched", "links")
"""The marts that an organisation gets a copy of, of its own rows alone."""


@dataclass(frozen=True)
class Published:
    """The tables of a run, all organisations together, as `tables` makes them."""

    figures: pl.DataFrame
    gaps: pl.DataFrame
    closed: pl.DataFrame
    unmatched: pl.DataFrame
    personal_numbers: pl.DataFrame
    quarantine: pl.DataFrame
    deliveries: pl.DataFrame
    gap_lists: Sequence[str]


def gather(con: duckdb.DuckDBPyConnection, registers: dict[str, Register]) -> Published:
    query = "SELECT indicator FROM catalogue.indicators WHERE gap_list ORDER BY position"
    return Published(
        figures=tables.figures(con),
        gaps=tables.gaps(con),
        closed=tables.closed(con),
        unmatched=tables.unmatched(con),
        personal_numbers=tables.personal_numbers(con),
        quarantine=tables.quarantine(con, registers),
        deliveries=tables.deliveries(con),
        gap_lists=[indicator for (indicator,) in con.execute(query).fetchall()],
    )


def write_folder(published: Published, con: duckdb.DuckDBPyConnection, organisation: str, folder: Path) -> None:
    """Every file of one organisation, or of the city: which gets the roll-up and no list of items."""
    own = pl.col("Organisation") == organisation
    figures = published.figures.filter(own)
    whole = figures.filter(pl.col("level") != "unit").drop("level", "Enhet")
    write_excel_csv(whole, folder / "indikatorer.csv")
    write_excel_csv(published.deliveries.filter(own), folder / "leveranser.csv")
    write_excel_csv(published.quarantine.filter(own), folder / "karantan.csv")
    _write_warehouse(con, organisation, folder / "warehouse.duckdb")
    if organisation == CITY:
        return
    write_excel_csv(figures.filter(pl.col("level") == "unit").drop("level"), folder / "indikatorer_per_enhet.csv")
    gaps = published.gaps.filter(own)
    lists = folder / "bristlistor"
    for indicator in published.gap_lists:
        is_listed = (pl.col("list") == "brist") & (pl.col("Indikator") == indicator)
        write_excel_csv(gaps.filter(is_listed).drop("list"), lists / f"{indicator}.csv")
    write_excel_csv(gaps.filter(pl.col("list") != "brist").drop("list"), lists / "ej_matta.csv")
    write_excel_csv(published.closed.filter(own), lists / "stangda.csv")
    write_excel_csv(published.unmatched.filter(own), lists / "omatchade.csv")
    write_excel_csv(published.personal_numbers.filter(own), lists / "personnummer_i_fritext.csv")


def _write_warehouse(con: duckdb.DuckDBPyConnection, organisation: str, path: Path) -> None:
    con.execute(f"ATTACH '{path}' AS copy")
    try:
        for table in _WAREHOUSE:
            con.execute(f"CREATE TABLE copy.{table} AS FROM marts.{table} WHERE organisation = ?", [organisation])
        con.execute("CREATE TABLE copy.indicators AS FROM catalogue.indicators")
    finally:
        con.execute("DETACH copy")
