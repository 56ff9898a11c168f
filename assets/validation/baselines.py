"""What a register is compared with: its deliveries in their order in time, and the rows of the earlier ones.

    delivered.<register>  one row per delivery in force or replaced; `age` 0 is the newest of its source, 1 the one
                          before it …
    in_force.<register>   those of them that are in force
    previous.<register>   the rows of the deliveries of age 1 to EARLIER, as they were read, with their `age` and
                          the source that gave them (`of_source`)

They come from the archive, so a review of any K compares with what was known then, and nothing has to be remembered.
"""

from pathlib import Path

import duckdb

from assets.registers.contract import CITY, Register
from assets.registers.landed import landed_fields

SCHEMAS = ("delivered", "in_force", "previous")

EARLIER = 3
"""So many earlier deliveries say what is usual: enough to bear one odd one, few enough to read in no time."""


def create_baselines(con: duckdb.DuckDBPyConnection, register: Register, read: Path) -> None:
    """Makes the three for one register. `read`: the archive's readings. Of earlier rows only a view: nothing is read
    until a suite asks."""
    for schema in SCHEMAS:
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    con.execute(
        f"""CREATE OR REPLACE TABLE delivered.{register.name} AS
        SELECT
            delivery.organisation, delivery.name AS delivery, delivery.delivered, delivery.read, delivery.loaded,
            delivery.quarantined, delivery.duplicates, delivery.folder, delivery.status = 'i kraft' AS in_force,
            delivery.source, delivery.lookups, delivery.notes,
            row_number() OVER (
                PARTITION BY delivery.organisation, delivery.source ORDER BY delivery.position DESC
            ) - 1 AS age
        FROM intake.deliveries AS delivery
        WHERE delivery.register = ? AND delivery.status IN ('i kraft', 'ersatt')""",
        [register.name],
    )
    con.execute(f"""CREATE OR REPLACE VIEW in_force.{register.name} AS
        FROM delivered.{register.name} SELECT organisation, delivery, delivered, loaded WHERE in_force""")
    _create_previous(con, register, read)


def _create_previous(con: duckdb.DuckDBPyConnection, register: Register, read: Path) -> None:
    fields = landed_fields(register)
    owner = f"'{CITY}'" if register.level == "city" else "delivery.organisation"
    query = f"SELECT folder FROM delivered.{register.name} WHERE age BETWEEN 1 AND {EARLIER} ORDER BY folder"
    files = dict.fromkeys(f"{read}/{folder}/rows.parquet" for (folder,) in con.execute(query).fetchall())
    existing = [path for path in files if Path(path).exists()]
    if existing:
        source = f"""
            SELECT {owner} AS organisation, delivery.delivery, delivery.source AS of_source, delivery.age, file.row,
                {", ".join(f"file.{name}" for name in fields)}
            FROM read_parquet([{", ".join(map(_literal, existing))}], filename = true, union_by_name = true) AS file
            JOIN delivered.{register.name} AS delivery
                ON {_literal(f"{read}/")} || delivery.folder || '/rows.parquet' = file.filename
                AND delivery.age BETWEEN 1 AND {EARLIER}
        """
    else:
        columns = {"organisation": "VARCHAR", "delivery": "VARCHAR", "of_source": "VARCHAR", "age": "BIGINT"}
        columns |= {"row": "INTEGER"} | fields
        source = f"SELECT {', '.join(f'CAST(NULL AS {kind}) AS {name}' for name, kind in columns.items())} LIMIT 0"
    con.execute(f"CREATE OR REPLACE VIEW previous.{register.name} AS {source}")


def _literal(text: str) -> str:
    """A view bears no parameters."""
    return "'" + text.replace("'", "''") + "'"
