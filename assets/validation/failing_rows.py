"""The rows that an expectation's query finds: whose they are, how many, and where the first five stand. DuckDB itself
is asked; Great Expectations, which takes seconds to import, isn't needed for it.
"""

from collections.abc import Sequence

import duckdb

from assets.registers.contract import CITY

PLACES = 5


class BrokenSuite(RuntimeError):
    """An expectation could not be asked: the pipeline is at fault, not the data. The message names it."""


def owner_of_all(table: str) -> str | None:
    """Whose a table without organisations is: a register's is the city's, any other nobody's."""
    return CITY if table.startswith("registers.") else None


def unexpected(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], query: str
) -> dict[str | None, tuple[int, list[str]]]:
    """By organisation: the number of unexpected rows, and where the first of them stand."""
    yielded = columns_of(con, query, table)
    owner = "found.organisation" if "organisation" in yielded else "?"
    if "place" in yielded:
        places = f"min(found.place, {PLACES})"
    elif {"delivery", "row"} <= set(yielded):
        places = f"arg_min(found.delivery || ' rad ' || found.row, found.row, {PLACES})"
    else:
        places = "NULL"
    # no place of a protected person's row is told (docs/spec/interfaces.md, Privacy)
    is_of_persons = "anstallnings_id" in columns and {"organisation", "delivery", "row"} <= set(yielded)
    if is_of_persons:
        places += " FILTER (hidden.row IS NULL)"
    hidden = f"""
        LEFT JOIN (
            FROM {table} SEMI JOIN core.protected_persons USING (organisation, anstallnings_id)
            SELECT DISTINCT organisation, delivery, row
        ) AS hidden USING (organisation, delivery, row)
    """
    grouped = f"""
        SELECT {owner} AS organisation, count(*) AS unexpected, {places} AS places
        FROM ({query}) AS found {hidden if is_of_persons else ""}
        GROUP BY ALL
    """
    parameters = [] if "organisation" in yielded else [owner_of_all(table)]
    found = con.execute(grouped, parameters).fetchall()
    return {organisation: (unexpected, places or []) for organisation, unexpected, places in found}


def columns_of(con: duckdb.DuckDBPyConnection, query: str, table: str) -> list[str]:
    try:
        return [name for name, *_ in con.execute(f"DESCRIBE {query}").fetchall()]
    except duckdb.Error as fault:
        raise BrokenSuite(f"{table}: {fault}") from fault
