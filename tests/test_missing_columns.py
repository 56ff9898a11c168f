"""intake.missing_columns: the optional columns that a delivery in force came without, from receipts to table."""

from pathlib import Path

import duckdb
import polars as pl

from assets.warehouse.load import create_base_tables, load
from tests.intake.delivered import REGISTERS
from tests.intake.places import FAR, Place

REQUIRED = "System-id;System;Livscykel;Objekt-id;Leverantör;Driftform;Personuppgifter"
COMPLETE = f"{REQUIRED};Alias;Typ;Informationsägare;NIS;AI;AI-klass"


def missing(place: Place, folder: Path) -> list[tuple[str, ...]]:
    """The rows of the table, in order, without those of other registers."""
    place.deliveries(FAR, "farsta", "bromma").write_parquet(folder / "deliveries.parquet")
    pl.DataFrame({"organisation": ["bromma", "farsta"]}).write_parquet(folder / "organisations.parquet")
    with duckdb.connect() as con:
        create_base_tables(con, REGISTERS)
        load(con, folder, place.archive.root / "read", REGISTERS)
        query = 'SELECT organisation, register, delivery, "column" FROM intake.missing_columns ORDER BY ALL'
        return con.execute(query).fetchall()


def test_of_deliveries_in_force_alone(tmp_path: Path) -> None:
    place = Place(tmp_path)
    row = "S1;x;Drift;;;;Ja"
    place.deliver("pm3_system_2026-10-01.csv", f"{REQUIRED}\n{row}\n")
    place.deliver(
        "pm3_system_2026-10-02.csv", f"{COMPLETE.replace(';NIS', '').replace(';AI-klass', '')}\n{row};;;;Ja\n"
    )
    place.deliver("pm3_system_2026-10-03.csv", "System-id;System;Livscykel\nS1;x;Drift\n")  # refused
    place.deliver("pm3_system_2026-10-02.csv", f"{COMPLETE}\n{row};;;;;Ja;Minimal risk\n", folder="bromma")
    place.night()
    assert missing(place, tmp_path) == [
        ("farsta", "pm3_system", "pm3_system_2026-10-02.csv", "AI-klass"),
        ("farsta", "pm3_system", "pm3_system_2026-10-02.csv", "NIS"),
    ]
