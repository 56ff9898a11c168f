"""One table held against its suite: a verdict per organisation and expectation.

Great Expectations says of the whole table whether an expectation holds; only where it doesn't are the unexpected rows
asked for once more, by DuckDB: whose they are, how many, and where the first five stand.
"""

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl
from great_expectations.expectations import Expectation as GxExpectation

from assets.registers.contract import CITY
from assets.validation.gx_duckdb import BrokenSuite, Gx, UnexpectedRows
from assets.validation.verdict import VERDICT
from expectations.expectation import Expectation, Severity

PLACES = 5
_GX_SEVERITY: dict[Severity, str] = {"kritisk": "critical", "varning": "warning", "info": "info"}
_WHERE = ("organisation", "delivery", "row")


def judge(
    con: duckdb.DuckDBPyConnection, gx: Gx, table: str, suite: Sequence[Expectation], organisations: Sequence[str]
) -> pl.DataFrame:
    """The verdicts on one table, as VERDICT. Raises BrokenSuite where the table isn't there or can't be asked."""
    columns = _columns(con, f"FROM {table}", table)
    where = [column for column in _WHERE if column in columns]
    results = gx.validate(table, {expectation.name: _for_gx(expectation) for expectation in suite}, where)
    rows = _rows(con, table, columns, organisations)
    lines: list[dict[str, object]] = []
    for expectation in suite:
        found: Mapping[str | None, tuple[int, list[str]]] = {}
        result = results[expectation.name]
        if not result.success:
            query = _query(expectation, result.result.get("unexpected_index_query"))
            found = _found(con, table, columns, query)
        lines += [
            {
                "organisation": owner,
                "table": table,
                "expectation": expectation.name,
                "severity": expectation.severity,
                "ok": owner not in found,
                "checked": rows.get(owner, 0),
                "unexpected": found[owner][0] if owner in found else 0,
                "explanation": expectation.explanation,
                "reason": expectation.reason,
                "places": found[owner][1] if owner in found else [],
            }
            for owner in dict.fromkeys([*rows, *found])
        ]
    return pl.DataFrame(lines, schema=VERDICT)


def _for_gx(expectation: Expectation) -> GxExpectation:
    if callable(expectation.check):
        asked = expectation.check()
    else:
        # GX wants its batch named in the query; ours names its table, as SQL that can be pasted into a shell.
        asked = UnexpectedRows(unexpected_rows_query=f"{expectation.check} /* {{batch}} */")
    return asked.copy(update={"severity": _GX_SEVERITY[expectation.severity]})


def _query(expectation: Expectation, of_gx: str | None) -> str:
    """The query for the unexpected rows: the suite's own, or the one that GX gives. What is about the table as a
    whole has none: it counts as one, and nobody's."""
    if isinstance(expectation.check, str):
        return expectation.check
    return (of_gx or "SELECT NULL AS organisation").rstrip().rstrip(";")


def _rows(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], organisations: Sequence[str]
) -> dict[str | None, int]:
    """How many rows each organisation has in the table, none where it has none."""
    if "organisation" not in columns:
        count = con.execute(f"SELECT count(*) FROM {table}").fetchall()
        return {_owner_of_all(table): count[0][0]}
    query = f"SELECT organisation, count(*) FROM {table} GROUP BY organisation ORDER BY organisation"
    rows: dict[str | None, int] = dict.fromkeys(organisations, 0)
    return rows | dict(con.execute(query).fetchall())


def _owner_of_all(table: str) -> str | None:
    """Whose a table without organisations is: a register's is the city's, any other nobody's."""
    return CITY if table.startswith("registers.") else None


def _found(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], query: str
) -> dict[str | None, tuple[int, list[str]]]:
    """By organisation: the number of unexpected rows, and where the first of them stand."""
    yielded = _columns(con, query, table)
    owner = "found.organisation" if "organisation" in yielded else "?"
    if "place" in yielded:
        places = f"min(found.place, {PLACES})"
    elif {"delivery", "row"} <= set(yielded):
        places = f"arg_min(found.delivery || ' rad ' || found.row, found.row, {PLACES})"
    else:
        places = "NULL"
    # no place of a protected person's row is told (interfaces.md, Privacy)
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
    parameters = [] if "organisation" in yielded else [_owner_of_all(table)]
    found = con.execute(grouped, parameters).fetchall()
    return {organisation: (unexpected, places or []) for organisation, unexpected, places in found}


def _columns(con: duckdb.DuckDBPyConnection, query: str, table: str) -> list[str]:
    try:
        return [name for name, *_ in con.execute(f"DESCRIBE {query}").fetchall()]
    except duckdb.Error as fault:
        raise BrokenSuite(f"{table}: {fault}") from fault
