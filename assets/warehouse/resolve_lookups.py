"""The keys that a source's texts stand for, put in their place (docs/spec/sources.md, lookup).

A text that is a key of the target stands as it is; else it is compared with the looked-up column, without regard to
case. Where that column may not be shown, both sides are the keyed hashes that the intake landed.
"""

import duckdb

from assets.registers.contract import CITY
from assets.registers.landed import hashed_field
from assets.warehouse.lookups import Lookup
from assets.warehouse.staged import IN_FORCE, landed_field, staged, table_of

SEVERAL = "flera"
"""What an unmatched reference points at where its text is found in several rows."""


def resolve(con: duckdb.DuckDBPyConnection, lookup: Lookup) -> None:
    """Puts the keys that are found in place of the texts, in the staged rows of the register, and notes the others in
    `not_found`."""
    rows, slug, is_list = staged(lookup.register), lookup.column.slug, lookup.column.type == "list"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE pointing AS
        SELECT DISTINCT _position, organisation, {f"unnest({slug})" if is_list else slug} AS value FROM {rows}
        WHERE {slug} IS NOT NULL AND _position IN ({lookup.positions})""",
        lookup.parameters,
    )
    find(con, lookup, "pointing")
    part = f"SELECT _position, _place, {f'unnest({slug})' if is_list else slug} AS value FROM {rows}"
    con.execute(
        f"""INSERT INTO not_found
        SELECT DISTINCT part._position, part._place, $column, part.value, found.points_at
        FROM ({part}) AS part JOIN found USING (_position, value) WHERE found.points_at IS NOT NULL""",
        {"column": lookup.column.name},
    )
    if is_list:
        _replace_parts(con, rows, slug)
    else:
        con.execute(f"""
            CREATE OR REPLACE TEMP TABLE {rows} AS
            SELECT staged.* REPLACE (coalesce(found.key, staged.{slug}) AS {slug})
            FROM {rows} AS staged
            LEFT JOIN found ON found._position = staged._position AND found.value = staged.{slug}
        """)


def _replace_parts(con: duckdb.DuckDBPyConnection, rows: str, slug: str) -> None:
    con.execute(f"""
        UPDATE {rows} AS staged SET {slug} = resolved.parts
        FROM (
            SELECT part._position, part._place, list(coalesce(found.key, part.value) ORDER BY part.at) AS parts
            FROM (
                SELECT _position, _place, unnest({slug}) AS value, generate_subscripts({slug}, 1) AS at FROM {rows}
            ) AS part
            LEFT JOIN found USING (_position, value)
            GROUP BY part._position, part._place HAVING count(found.key) > 0
        ) AS resolved
        WHERE resolved._position = staged._position AND resolved._place = staged._place
    """)


def resolve_rejected(con: duckdb.DuckDBPyConnection, lookup: Lookup) -> None:
    """The same in the keys of rows in quarantine, so that they are compared with those of the loaded ones."""
    at = lookup.register.key.index(lookup.column.name) + 1
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE pointing AS
        SELECT DISTINCT delivery.position AS _position, rejected.organisation, rejected.delivery,
            rejected.key[{at}] AS value
        FROM intake.rejected AS rejected
        JOIN (FROM intake.deliveries WHERE position IN ({lookup.positions})) AS delivery
            ON delivery.organisation = rejected.organisation
            AND (delivery.name = rejected.delivery OR starts_with(rejected.delivery, delivery.name || '/'))
        WHERE rejected.register = '{lookup.register.name}' AND rejected.key[{at}] IS NOT NULL""",
        lookup.parameters,
    )
    find(con, lookup, "pointing")
    con.execute(f"""
        UPDATE intake.rejected AS rejected
        SET key = list_concat(rejected.key[:{at - 1}], [resolved.key], rejected.key[{at + 1}:])
        FROM (
            SELECT DISTINCT pointing.organisation, pointing.delivery, pointing.value, found.key
            FROM pointing JOIN found USING (_position, value) WHERE found.key IS NOT NULL
        ) AS resolved
        WHERE rejected.register = '{lookup.register.name}' AND rejected.organisation = resolved.organisation
            AND rejected.delivery = resolved.delivery AND rejected.key[{at}] = resolved.value
    """)


def find(con: duckdb.DuckDBPyConnection, lookup: Lookup, pointing: str) -> None:
    """Makes `found`: one row per delivery (`_position`) and value of the table `pointing`, where the target has a
    delivery in force, with its key there, or with what it points at (`points_at`) where that is no single row."""
    key = lookup.target.by_name[lookup.target.key[0]]
    exact = hashed_field(key) if lookup.looked_up.pii else f"CAST({key.slug} AS VARCHAR)"
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE found AS
        WITH keys AS ({_entries(con, lookup, exact)}),
        names AS ({_entries(con, lookup, _names(con, lookup))})
        SELECT
            pointing._position,
            pointing.value,
            coalesce(keys.shared, names.shared, false) AS several,
            if(several, NULL, coalesce(keys.key, names.key)) AS "key",
            CASE
                WHEN several THEN '{SEVERAL}'
                WHEN coalesce(keys.key, names.key) IS NULL THEN '{lookup.target.name}'
            END AS points_at
        FROM {pointing} AS pointing
        SEMI JOIN ({_delivered(lookup)}) AS delivered ON delivered.organisation = pointing.organisation
        LEFT JOIN keys ON keys.text = pointing.value AND {_at_home(lookup, "keys")}
        LEFT JOIN names ON names.text = {_folded(lookup, "pointing.value")} AND {_at_home(lookup, "names")}
    """)


def _names(con: duckdb.DuckDBPyConnection, lookup: Lookup) -> str:
    """The text of a target's row that values are compared with, as its column landed; of a list each part."""
    column = lookup.looked_up
    if column.pii:
        field, is_list = hashed_field(column), column.type == "list"
        return f"unnest({field})" if is_list else field
    field = landed_field(con, lookup.target, column)
    return f"unnest(list_transform({field}, lambda part: {_folded(lookup, 'part')}))" if column.type == "list" else (
        _folded(lookup, f"CAST({field} AS VARCHAR)")
    )  # fmt: skip


def _folded(lookup: Lookup, text: str) -> str:
    return text if lookup.looked_up.pii else f"lower(upper(trim({text})))"


def _entries(con: duckdb.DuckDBPyConnection, lookup: Lookup, text: str) -> str:
    """A query for the target's rows by a text: the key, and whether several have it (`shared`)."""
    key, rows = lookup.target.by_name[lookup.target.key[0]].slug, table_of(con, lookup.target)
    owner = f"'{CITY}'" if lookup.target.level == "city" else "organisation"
    return f"""
        SELECT organisation, text, min(key) AS key, count(DISTINCT key) > 1 AS shared
        FROM (SELECT {owner} AS organisation, {text} AS text, CAST({key} AS VARCHAR) AS key FROM {rows})
        WHERE text IS NOT NULL AND key IS NOT NULL
        GROUP BY organisation, text
    """


def _delivered(lookup: Lookup) -> str:
    """A query for the organisations for which the target has a delivery in force."""
    in_force = f"FROM intake.deliveries AS delivery WHERE {IN_FORCE} AND register = '{lookup.target.name}'"
    if lookup.target.level != "city":
        return f"SELECT organisation {in_force}"
    everybody = f"SELECT organisation FROM intake.organisations UNION ALL SELECT '{CITY}'"
    return f"SELECT organisation FROM ({everybody}) WHERE EXISTS ({in_force})"


def _at_home(lookup: Lookup, alias: str) -> str:
    return f"{alias}.organisation = " + (f"'{CITY}'" if lookup.target.level == "city" else "pointing.organisation")
