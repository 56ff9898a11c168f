"""Archive → base tables: `registers.*` as they stand for K, and `intake.*` on how they came to be.

The intake leaves the deliveries of the run (`deliveries.parquet`, `organisations.parquet`); what is
in force there is loaded from the archive's Parquet.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from assets.registers.contract import CITY, Register
from assets.registers.landed import landed_fields
from assets.registers.shapes import BLOCKED, DAYS_OFF, INTAKE
from assets.warehouse.days_off import days_off
from assets.warehouse.insert_rows import insert_rows
from assets.warehouse.load_rows import load_rows, reading_files
from assets.warehouse.references import load_contested, load_references
from assets.warehouse.resolve_lookups import resolve_rejected
from assets.warehouse.staged import IN_FORCE, SHEET, delivery_of, drop_staging, forget_repeated_cells

SCHEMAS = ("intake", "registers", "catalogue", "calendar", "history", "validation", "core", "indicators", "marts")

_SIDES = (("faults", IN_FORCE), ("rejected", IN_FORCE), ("personal_numbers", IN_FORCE), ("protected", "true"))
"""What the archive keeps beside a delivery's rows, and of which deliveries it is loaded."""


def create_base_tables(con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register]) -> None:
    """The base tables, empty, in the shape that models may count on."""
    for schema in SCHEMAS:
        con.execute(f"CREATE SCHEMA {schema}")
    for shape in (*INTAKE, DAYS_OFF, BLOCKED):
        con.execute(shape.ddl)
    days = [list(column) for column in zip(*days_off(), strict=True)]
    con.execute("INSERT INTO calendar.days_off SELECT unnest(?), unnest(?), unnest(?)", days)
    for register in registers.values():
        owner = {} if register.level == "city" else {"organisation": "VARCHAR"}
        fields = owner | {"delivery": "VARCHAR", "row": "INTEGER"} | landed_fields(register)
        columns = ", ".join(f"{name} {kind}" for name, kind in fields.items())
        con.execute(f"CREATE TABLE registers.{register.name} ({columns})")


def load(con: duckdb.DuckDBPyConnection, run_folder: Path, read: Path, registers: Mapping[str, Register]) -> None:
    """Fills the base tables. `run_folder`: where the run's deliveries and organisations, how
    fetching went, and what is new in sources; `read`: the archive's readings."""
    organisations, deliveries = (str(run_folder / f"{name}.parquet") for name in ("organisations", "deliveries"))
    con.execute("INSERT INTO intake.organisations BY NAME SELECT * FROM read_parquet(?)", [organisations])
    con.execute("INSERT INTO intake.deliveries BY NAME SELECT * EXCLUDE (missing) FROM read_parquet(?)", [deliveries])
    for table_name in ("fetches", "drift"):
        if (table := run_folder / f"{table_name}.parquet").exists():
            con.execute(f"INSERT INTO intake.{table_name} BY NAME SELECT * FROM read_parquet(?)", [str(table)])
    con.execute(
        f"""INSERT INTO intake.missing_columns
        SELECT delivery.organisation, delivery.register, delivery.name, unnest(delivery.missing)
        FROM read_parquet(?) AS delivery
        WHERE {IN_FORCE}""",
        [deliveries],
    )
    fill_registers(con, registers)
    con.execute(f"""
        INSERT INTO intake.coverage
        SELECT organisations.organisation, delivery.register, max(coalesce(delivery.confirmed, delivery.delivered))
        FROM intake.organisations
        JOIN intake.deliveries AS delivery
            ON delivery.organisation IN (organisations.organisation, '{CITY}') AND {IN_FORCE}
        GROUP BY ALL
    """)
    lookups = load_rows(con, read, registers)
    _miss_columns_on_sheets(con, registers)
    _list_shared_rows(con, read, registers)
    for kind, which in _SIDES:
        _load_side(con, read, kind, which)
    forget_repeated_cells(con)
    for lookup in lookups:
        if lookup.is_of_key:
            resolve_rejected(con, lookup)
    drop_staging(con, registers.values())
    for register in registers.values():
        load_references(con, register, registers)
    load_contested(con, registers)


def _miss_columns_on_sheets(con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register]) -> None:
    """What a workbook lacks, each of its sheets does whose rows are told apart (`bok.xlsx/2026`)."""
    for register in registers.values():
        owner = f"'{CITY}'" if register.level == "city" else "organisation"
        con.execute(f"""
            INSERT INTO intake.missing_columns
            SELECT missing.organisation, missing.register, sheet.delivery, missing."column"
            FROM intake.missing_columns AS missing
            JOIN (SELECT DISTINCT {owner} AS organisation, delivery FROM registers.{register.name}) AS sheet
                ON sheet.organisation = missing.organisation AND starts_with(sheet.delivery, missing.delivery || '/')
            WHERE missing.register = '{register.name}'
        """)


def _list_shared_rows(con: duckdb.DuckDBPyConnection, read: Path, registers: Mapping[str, Register]) -> None:
    """Fills intake.shared_rows. Of the readings, for a record that another one takes the place of may have faults."""
    for register in registers.values():
        of_sources = f"{IN_FORCE} AND delivery.source IS NOT NULL AND delivery.register = '{register.name}'"
        if files := reading_files(con, read, "rows.parquet", of_sources):
            con.execute(
                f"""INSERT INTO intake.shared_rows BY NAME
                SELECT delivery.organisation, delivery.register, {delivery_of(con, files)} AS delivery, file.row,
                    count(*) AS records
                FROM read_parquet($files, filename = true, union_by_name = true) AS file
                JOIN intake.deliveries AS delivery ON $read || delivery.folder || '/rows.parquet' = file.filename
                WHERE {of_sources}
                GROUP BY ALL
                HAVING records > 1""",
                {"files": files, "read": f"{read}/"},
            )


def fill_registers(con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register]) -> None:
    """Fills intake.registers, which is empty."""
    insert_rows(con, "intake.registers", list(map(register_row, registers.values())))


def register_row(register: Register) -> tuple[object, ...]:
    """The row in intake.registers: what the contract says, and the installation."""
    protects = any(column.protects for column in register.columns)
    lists = list(register.named_by), list(register.left_out_by)
    return register.name, register.level, protects, register.called, register.late_after, *lists


def _load_side(con: duckdb.DuckDBPyConnection, read: Path, kind: str, which: str) -> None:
    files = reading_files(con, read, f"{kind}.parquet", which)
    if files:
        delivery = delivery_of(con, files)
        own = f"filename, {SHEET}" if SHEET in delivery else "filename"
        con.execute(
            f"""INSERT INTO intake.{kind} BY NAME
            SELECT delivery.organisation, delivery.register, {delivery} AS delivery, file.* EXCLUDE ({own})
            FROM read_parquet($files, filename = true, union_by_name = true) AS file
            JOIN intake.deliveries AS delivery ON $read || delivery.folder || '/{kind}.parquet' = file.filename
            WHERE {which}""",
            {"files": files, "read": f"{read}/"},
        )
