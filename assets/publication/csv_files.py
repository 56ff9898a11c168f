"""One organisation's rows of every table, as CSV files and as a DuckDB file for reading."""

from pathlib import Path

import duckdb
import polars as pl

from assets.excel_csv import write_excel_csv
from assets.publication.report import Picture

_WAREHOUSE = ("indicator_values", "indicator_items", "gaps", "deliveries", "quarantine", "unmatched", "links")
"""The marts that an organisation gets a copy of, of its own rows alone."""


def write_lists(picture: Picture, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Every CSV file of one organisation, or of the city: which gets the roll-up and no list of items."""
    own = picture.tables
    whole = own.figures.filter(pl.col("level") != "unit").drop("level", "Enhet")
    write_excel_csv(whole, folder / "indikatorer.csv")
    write_excel_csv(own.history, folder / "historik.csv")
    write_excel_csv(own.deliveries, folder / "leveranser.csv")
    write_excel_csv(own.quarantine, folder / "karantan.csv")
    _write_warehouse(con, picture.organisation, folder / "warehouse.duckdb")
    if picture.is_city:
        write_excel_csv(own.by_organisation.drop("owner"), folder / "indikatorer_per_organisation.csv")
        return
    write_excel_csv(own.figures.filter(pl.col("level") == "unit").drop("level"), folder / "indikatorer_per_enhet.csv")
    lists = folder / "bristlistor"
    for indicator in own.indicators.filter("gap_list")["indicator"]:
        is_listed = (pl.col("list") == "brist") & (pl.col("Indikator") == indicator)
        write_excel_csv(own.gaps.filter(is_listed).drop("list"), lists / f"{indicator}.csv")
    write_excel_csv(own.gaps.filter(pl.col("list") != "brist").drop("list"), lists / "ej_matta.csv")
    write_excel_csv(own.closed, lists / "stangda.csv")
    write_excel_csv(own.unmatched, lists / "omatchade.csv")
    write_excel_csv(own.personal_numbers, lists / "personnummer_i_fritext.csv")


def _write_warehouse(con: duckdb.DuckDBPyConnection, organisation: str, path: Path) -> None:
    con.execute(f"ATTACH '{path}' AS copy")
    try:
        for table in _WAREHOUSE:
            con.execute(f"CREATE TABLE copy.{table} AS FROM marts.{table} WHERE organisation = ?", [organisation])
        con.execute("CREATE TABLE copy.indicators AS FROM catalogue.indicators")
    finally:
        con.execute("DETACH copy")
