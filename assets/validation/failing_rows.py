"""The rows that an expectation's query finds: whose they are, how many, and where the first five stand.

One statement answers all three. Where they stand is told by file and row, never by a value.
"""

from collections.abc import Mapping, Sequence

import duckdb

from assets.disk import raise_disk_fault
from assets.registers.contract import CITY
from assets.sql_files import safe_message
from assets.validation.protected_rows import hidden_rows

PLACES = 5

Failing = Mapping[str | None, tuple[int, list[str]]]
"""By organisation: the number of unexpected rows, and where the first of them stand."""


class BrokenSuite(RuntimeError):
    """An expectation could not be asked: the pipeline is at fault, not the data. The message names the expectation,
    and no value."""


def owner_of_all(table: str) -> str | None:
    """Whose a table without organisations is: a register's is the city's, any other nobody's."""
    return CITY if table.startswith("registers.") else None


def failing_rows(con: duckdb.DuckDBPyConnection, table: str, name: str, query: str, ids: Sequence[str]) -> Failing:
    """Returns what an expectation's query for the unexpected rows of a table finds. `ids`: the columns of the table
    that may hold a protected person's id, if it has them (`protected_rows.id_columns`). Raises BrokenSuite."""
    try:
        found = con.execute(by_organisation(con, table, name, query, ids)).fetchall()
    except duckdb.Error as error:
        raise_disk_fault(error)
        raise BrokenSuite(safe_message(error, f"{table}, {name}")) from None
    return {organisation: (unexpected, places or []) for organisation, unexpected, places in found}


def by_organisation(con: duckdb.DuckDBPyConnection, table: str, name: str, query: str, ids: Sequence[str]) -> str:
    """Returns the query for the unexpected rows as one for their `organisation`, number (`unexpected`) and `places`:
    one row per organisation with any. Raises BrokenSuite where the query can't be bound."""
    yielded = columns_of(con, query, f"{table}, {name}")
    owner = "found.organisation" if "organisation" in yielded else _literal(owner_of_all(table))
    # no place of a protected person's row is told (docs/spec/interfaces.md, Privacy)
    columns = columns_of(con, f"FROM {table}", table) if {"organisation", "delivery", "row"} <= {*yielded} else []
    of_persons = tuple(column for column in ids if {"organisation", column} <= {*columns})
    hidden = f"LEFT JOIN ({hidden_rows(table, of_persons)}) AS hidden USING (organisation, delivery, row)"
    # where the owner is a constant, no rows at all would make a line too: hence HAVING
    return f"""
        SELECT {owner} AS organisation, count(*) AS unexpected,
            {_places(yielded)}{" FILTER (hidden.row IS NULL)" if of_persons else ""} AS places
        FROM ({query}) AS found {hidden if of_persons else ""}
        GROUP BY ALL
        HAVING count(*) > 0
    """


def _places(yielded: Sequence[str]) -> str:
    if "place" in yielded:
        return f"min(found.place, {PLACES})"
    if {"delivery", "row"} <= {*yielded}:
        return f"arg_min(found.delivery || ' rad ' || found.row, (found.row, found.delivery), {PLACES})"
    if "delivery" in yielded:
        return f"min(found.delivery, {PLACES})"
    return "min(CAST(NULL AS VARCHAR), 1)"


def columns_of(con: duckdb.DuckDBPyConnection, query: str, place: str) -> list[str]:
    """Returns the names of a query's columns; nothing is read. Raises BrokenSuite, naming `place`."""
    try:
        return [name for name, *_ in con.execute(f"DESCRIBE {query}").fetchall()]
    except duckdb.Error as error:
        raise_disk_fault(error)
        raise BrokenSuite(safe_message(error, place)) from None


def _literal(text: str | None) -> str:
    return f"'{text}'" if text else "CAST(NULL AS VARCHAR)"
