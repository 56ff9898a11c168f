"""Rows that can't be loaded as they landed: those of a register that is looked up from, or that several sources give.

They are staged beside the registers' tables, in `staged_<register>`: under `_position` and `_place` (their delivery,
and their place in it), `_delivered` and `_source` of the delivery, and `_landed_<column>` for what is both looked up
in and looked up itself. When keys are final, what comes twice goes, and the rest is the register's.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from assets.registers.column import Column
from assets.registers.contract import CITY, Register
from assets.registers.landed import key_fields, landed_fields
from assets.registers.vocabulary import DeliveryStatus

IN_FORCE = f"delivery.status = '{DeliveryStatus.IN_FORCE}'"
SHEET = "source_sheet"
"""A column of the readings of sources that read several sheets of a workbook: the sheet that a row stands on."""


def staged(register: Register) -> str:
    return f"staged_{register.name}"


def delivery_of(con: duckdb.DuckDBPyConnection, files: Sequence[str]) -> str:
    """SQL for the file that a row of these readings stands in, `bok.xlsx/2026` where it may be on several sheets."""
    (has_sheets,) = con.execute("SELECT count(*) FROM intake.deliveries WHERE source IS NOT NULL").fetchone() or (0,)
    if has_sheets:
        query = f"SELECT count(*) FROM parquet_schema($files) WHERE name = '{SHEET}'"
        (has_sheets,) = con.execute(query, {"files": list(files)}).fetchone() or (0,)
    return f"delivery.name || coalesce('/' || file.{SHEET}, '')" if has_sheets else "delivery.name"


def create_staging(con: duckdb.DuckDBPyConnection) -> None:
    """The notes on staged rows: references that were not found, and rows that repeat another of their delivery."""
    con.execute("""
        CREATE TEMP TABLE not_found (
            _position UINTEGER, _place BIGINT, "column" VARCHAR, value VARCHAR, points_at VARCHAR
        );
        CREATE TEMP TABLE repeated (register VARCHAR, _position UINTEGER, _place BIGINT, row INTEGER);
    """)


def stage(
    con: duckdb.DuckDBPyConnection, read: Path, register: Register, files: Sequence[str], kept: Sequence[Column]
) -> None:
    """Makes the register's staged rows of the readings. `kept`: the columns that stay beside as they landed."""
    fields = [f"file.{name}" for name in landed_fields(register)]
    landed = [f"file.{column.slug} AS _landed_{column.slug}" for column in kept]
    owner = f"'{CITY}'" if register.level == "city" else "delivery.organisation"
    con.execute(
        f"""CREATE TEMP TABLE {staged(register)} AS
        SELECT {owner} AS organisation, {delivery_of(con, files)} AS delivery, file.row,
            {", ".join([*fields, *landed])},
            delivery.position AS _position, file.file_row_number AS _place, delivery.delivered AS _delivered,
            coalesce(delivery.source, '') AS _source
        FROM read_parquet($files, filename = true, file_row_number = true, union_by_name = true) AS file
        JOIN intake.deliveries AS delivery ON $read || delivery.folder || '/rows.parquet' = file.filename
        WHERE {IN_FORCE} AND delivery.register = '{register.name}'""",
        {"files": list(files), "read": f"{read}/"},
    )


def table_of(con: duckdb.DuckDBPyConnection, register: Register) -> str:
    """Where the register's rows stand: those that are staged are complete there alone."""
    query = "SELECT count(*) FROM duckdb_tables() WHERE temporary AND table_name = ?"
    (is_staged,) = con.execute(query, [staged(register)]).fetchone() or (0,)
    return staged(register) if is_staged else f"registers.{register.name}"


def landed_field(con: duckdb.DuckDBPyConnection, register: Register, column: Column) -> str:
    """The field that holds the column as it landed."""
    kept = f"_landed_{column.slug}"
    query = "SELECT count(*) FROM duckdb_columns() WHERE table_name = ? AND column_name = ?"
    (is_kept,) = con.execute(query, [staged(register), kept]).fetchone() or (0,)
    return kept if is_kept else column.slug


def drop_repeated(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Of rows of one delivery whose keys have turned out equal the last holds; the others count as its duplicates."""
    rows, keys = staged(register), ", ".join(key_fields(register))
    con.execute(f"""
        INSERT INTO repeated
        SELECT '{register.name}', _position, _place, row FROM {rows}
        WHERE {_may_be_equal(rows, f"_position, {keys}")}
        QUALIFY row_number() OVER (PARTITION BY _position, {keys} ORDER BY _place DESC) > 1
    """)
    con.execute(f"""
        DELETE FROM {rows} AS staged USING repeated
        WHERE repeated._position = staged._position AND repeated._place = staged._place
    """)
    con.execute(
        """UPDATE intake.deliveries AS delivery
        SET loaded = loaded - counted.rows, duplicates = duplicates + counted.rows
        FROM (SELECT _position, count(*) AS rows FROM repeated WHERE register = ? GROUP BY ALL) AS counted
        WHERE counted._position = delivery.position""",
        [register.name],
    )
    con.execute(f"""
        DELETE FROM repeated USING {rows} AS staged
        WHERE staged._position = repeated._position AND staged.row = repeated.row
    """)  # a row of the file that gives several records is still there


def drop_doubles(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Of rows of several deliveries with the same key the newest holds, then that of the source whose name is last.

    What another source, or another sequence of a snapshot, loses so is listed in intake.doubles; that a delivery of
    an accumulating register takes the place of an earlier one of its source is no news.
    """
    rows, keys = staged(register), ", ".join(["organisation", *key_fields(register)])
    order = "ORDER BY _delivered DESC, _source DESC, _position DESC"
    is_news = "true" if register.mode == "snapshot" else "own_place = 1 AND _source != holding"
    key = ", ".join(f"CAST({_key_field(register.by_name[name])} AS VARCHAR)" for name in register.key)
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE losing AS
        SELECT organisation, delivery, row, CAST([{key}] AS VARCHAR[]) AS key, _position, _place, _source,
            row_number() OVER whole AS place,
            first_value(delivery) OVER whole AS holds_in,
            first_value(_source) OVER whole AS holding,
            row_number() OVER (PARTITION BY {keys}, _source {order}) AS own_place
        FROM {rows}
        WHERE {_may_be_equal(rows, keys)}
        WINDOW whole AS (PARTITION BY {keys} {order})
        QUALIFY place > 1
    """)
    con.execute(f"""
        INSERT INTO intake.doubles BY NAME
        SELECT organisation, '{register.name}' AS register, delivery, row, key, holds_in
        FROM losing WHERE {is_news}
    """)
    con.execute(f"""
        DELETE FROM {rows} AS staged USING losing
        WHERE losing._position = staged._position AND losing._place = staged._place
    """)


def _may_be_equal(rows: str, fields: str) -> str:
    """A condition that holds of rows whose fields are another's too, and of few more: equal ones have equal hashes;
    so of millions of rows only these need to be sorted."""
    return f"hash({fields}) IN (SELECT hash({fields}) AS hashed FROM {rows} GROUP BY hashed HAVING count(*) > 1)"


def _key_field(column: Column) -> str:
    return f"{column.slug}_day" if column.type == "datetime" else column.slug


def load_staged(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Loads what is left of the register's staged rows, and lists what they point at in vain."""
    rows = staged(register)
    fields = [*(() if register.level == "city" else ("organisation",)), "delivery", "row", *landed_fields(register)]
    con.execute(f"INSERT INTO registers.{register.name} BY NAME SELECT {', '.join(fields)} FROM {rows}")
    con.execute(f"""
        INSERT INTO intake.unmatched BY NAME
        SELECT staged.organisation, '{register.name}' AS register, staged.delivery, staged.row, not_found."column",
            not_found.value, not_found.points_at AS target
        FROM {rows} AS staged JOIN not_found USING (_position, _place)
    """)


def forget_repeated_cells(con: duckdb.DuckDBPyConnection) -> None:
    """Takes the cells of rows that turned out to repeat another from the list: only those of loaded rows stand there.
    To be called when the faults are loaded."""
    con.execute("""
        CREATE OR REPLACE TEMP TABLE gone AS
        SELECT fault.*, delivery.position
        FROM intake.faults AS fault
        JOIN intake.deliveries AS delivery
            ON delivery.organisation = fault.organisation AND delivery.register = fault.register
            AND (delivery.name = fault.delivery OR starts_with(fault.delivery, delivery.name || '/'))
        SEMI JOIN repeated ON repeated._position = delivery.position AND repeated.row = fault.row
        WHERE fault.effect = 'cellen'
    """)
    con.execute("""
        DELETE FROM intake.faults AS fault USING gone
        WHERE gone.organisation = fault.organisation AND gone.register = fault.register
            AND gone.delivery = fault.delivery AND gone.row = fault.row AND fault.effect = 'cellen'
    """)
    con.execute("""
        UPDATE intake.deliveries AS delivery SET dropped_cells = dropped_cells - counted.cells
        FROM (SELECT position, count(*) AS cells FROM gone GROUP BY ALL) AS counted
        WHERE counted.position = delivery.position
    """)


def drop_staging(con: duckdb.DuckDBPyConnection, waiting: Iterable[Register]) -> None:
    """Leaves nothing of all this behind."""
    for table in (*map(staged, waiting), "not_found", "repeated", "gone", "losing", "pointing", "found"):
        con.execute(f"DROP TABLE IF EXISTS temp.{table}")
