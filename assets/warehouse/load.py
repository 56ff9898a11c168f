"""Archive → base tables: `registers.*` as they stand for K, and `intake.*` on how they came to be.

The intake leaves the deliveries of the run (`deliveries.parquet`, `organisations.parquet`); what is
in force there is loaded from the archive's Parquet.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from assets.registers.column import Column
from assets.registers.contract import CITY, Register
from assets.registers.landed import key_fields, landed_fields
from assets.registers.shapes import BLOCKED, DAYS_OFF, INTAKE
from assets.warehouse.days_off import days_off
from assets.warehouse.load_rows import load_rows, reading_files
from assets.warehouse.lookups import resolve_rejected
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
    for kind, which in _SIDES:
        _load_side(con, read, kind, which)
    forget_repeated_cells(con)
    for lookup in lookups:
        if lookup.is_of_key:
            resolve_rejected(con, lookup)
    drop_staging(con, registers.values())
    for register in registers.values():
        for column in register.columns:
            for target, condition in _targets(column, register):
                _load_references(con, register, column, registers[target], condition)
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


def fill_registers(con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register]) -> None:
    """Fills intake.registers, which is empty."""
    rows = list(map(register_row, registers.values()))
    con.executemany("INSERT INTO intake.registers VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


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


def load_contested(con: duckdb.DuckDBPyConnection, registers: Mapping[str, Register]) -> None:
    """Fills intake.contested, of what is in quarantine and points at nothing. Keys are compared by their codes, texts
    and plain numbers: a date may be written in several ways, and so may a number."""
    for register in registers.values():
        if not register.key:
            continue
        parts = [(at, register.by_name[name]) for at, name in enumerate(register.key, 1)]
        texts = [(at, column) for at, column in parts if column.type in ("code", "text")]
        owner = [] if register.level == "city" else ["loaded.organisation = rejected.organisation"]
        numbers = [(at, column) for at, column in parts if column.type == "int"]
        same = " AND ".join(
            [
                *owner,
                *(f"loaded.{column.slug} = rejected.key[{at}]" for at, column in texts),
                *(f"coalesce(loaded.{column.slug} = TRY_CAST(rejected.key[{at}] AS BIGINT), true)"
                  for at, column in numbers),
            ]
        )  # fmt: skip
        lacking = " OR ".join(f"rejected.key[{at}] IS NULL" for at, _ in parts)
        con.execute(
            f"""INSERT INTO intake.contested
            WITH rejected AS (FROM intake.rejected WHERE register = $register)
            SELECT organisation, register, delivery, row FROM rejected SEMI JOIN registers.{register.name} AS loaded
                ON {same or "true"}
            UNION
            SELECT organisation, register, delivery, row FROM rejected WHERE {lacking}
            UNION
            SELECT organisation, register, delivery, row FROM rejected
            SEMI JOIN (FROM intake.faults WHERE "column" IN $key) AS fault
                USING (organisation, register, delivery, row)
            UNION
            SELECT organisation, register, delivery, row FROM intake.unmatched
            WHERE register = $register AND "column" IN $key
            """,
            {"register": register.name, "key": list(register.key)},
        )


def _targets(column: Column, register: Register) -> Iterable[tuple[str, str]]:
    """The registers that a column's values may point at, each with the condition on the row for it."""
    if column.ref:
        yield column.ref, "true"
    if column.ref_by:
        by = register.by_name[column.ref_by.column].slug
        for value, target in column.ref_by.registers.items():
            yield target, f"source.{by} = '{value}'"


def _load_references(
    con: duckdb.DuckDBPyConnection, register: Register, column: Column, target: Register, condition: str
) -> None:
    """What a column's values point at: the links, and of the values that are no key there, where the register that
    they point at has a delivery in force, the unmatched, unless they were looked up in vain already."""
    owner = f"'{CITY}'" if register.level == "city" else "source.organisation"
    value = f"unnest(list_distinct(source.{column.slug}))" if column.type == "list" else f"source.{column.slug}"
    reference = f"""
        SELECT {owner} AS organisation, '{register.name}' AS register, source.delivery, source.row,
            '{column.name}' AS "column", {value} AS value, '{target.name}' AS target,
            CAST(source.{key_fields(register)[0]} AS VARCHAR) AS key
        FROM registers.{register.name} AS source
        WHERE {condition} AND source.{column.slug} IS NOT NULL
    """
    key = f"target.{target.by_name[target.key[0]].slug}"
    same_organisation = "true" if target.level == "city" else "target.organisation = reference.organisation"
    con.execute(f"""
        INSERT INTO intake.unmatched BY NAME
        SELECT reference.* EXCLUDE (key)
        FROM ({reference}) AS reference
        SEMI JOIN intake.coverage AS coverage
            ON coverage.register = '{target.name}' AND coverage.organisation = reference.organisation
        ANTI JOIN registers.{target.name} AS target ON {key} = reference.value AND {same_organisation}
        ANTI JOIN intake.unmatched AS looked_up USING (organisation, register, delivery, row, "column", value)
    """)
    of_persons = any(own.protects for own in (*register.columns, *target.columns))
    if register.mode == "snapshot" and not of_persons:
        con.execute(f"INSERT INTO intake.links BY NAME {reference}")
