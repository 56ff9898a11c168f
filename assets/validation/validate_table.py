"""One table held against its suite: a verdict per organisation and expectation.

Great Expectations says of the whole table whether an expectation holds; only where it doesn't are the unexpected rows
asked for once more, by DuckDB: whose they are, how many, and where the first five stand.
"""

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl
from great_expectations.expectations import Expectation as GxExpectation

from assets.validation.failing_rows import columns_of, owner_of_all, unexpected
from assets.validation.gx_duckdb import Gx, UnexpectedRows
from assets.validation.results import RESULT
from expectations.expectation import Expectation, Severity

_GX_SEVERITY: dict[Severity, str] = {"kritisk": "critical", "varning": "warning", "info": "info"}
_WHERE = ("organisation", "delivery", "row")


def judge(
    con: duckdb.DuckDBPyConnection, gx: Gx, table: str, suite: Sequence[Expectation], organisations: Sequence[str]
) -> pl.DataFrame:
    """The verdicts on one table, as RESULT. Raises BrokenSuite where the table isn't there or can't be asked."""
    columns = columns_of(con, f"FROM {table}", table)
    where = [column for column in _WHERE if column in columns]
    results = gx.validate(table, {expectation.name: _for_gx(expectation) for expectation in suite}, where)
    rows = _rows(con, table, columns, organisations)
    lines: list[dict[str, object]] = []
    for expectation in suite:
        found: Mapping[str | None, tuple[int, list[str]]] = {}
        result = results[expectation.name]
        if not result.success:
            query = _query(expectation, result.result.get("unexpected_index_query"))
            found = unexpected(con, table, columns, query)
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
    return pl.DataFrame(lines, schema=RESULT)


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
        return {owner_of_all(table): count[0][0]}
    query = f"SELECT organisation, count(*) FROM {table} GROUP BY organisation ORDER BY organisation"
    rows: dict[str | None, int] = dict.fromkeys(organisations, 0)
    return rows | dict(con.execute(query).fetchall())
