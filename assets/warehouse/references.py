"""What the rows of registers point at: links, references found nowhere, and keys that quarantine contests."""

from collections.abc import Iterable, Mapping

import duckdb

from assets.registers.column import Column
from assets.registers.contract import CITY, Register
from assets.registers.landed import key_fields


def load_references(con: duckdb.DuckDBPyConnection, register: Register, registers: Mapping[str, Register]) -> None:
    """Fills intake.links and intake.unmatched with what the register's rows point at. `registers`: where to."""
    for column in register.columns:
        for target, condition in _targets(column, register):
            _load_reference(con, register, column, registers[target], condition)


def _targets(column: Column, register: Register) -> Iterable[tuple[str, str]]:
    """The registers that a column's values may point at, each with the condition on the row for it."""
    if column.ref:
        yield column.ref, "true"
    if column.ref_by:
        by = register.by_name[column.ref_by.column].slug
        for value, target in column.ref_by.registers.items():
            yield target, f"source.{by} = '{value}'"


def _load_reference(
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
