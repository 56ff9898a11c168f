"""One table held against its suite: a result per organisation and expectation.

A check in SQL is asked once and tells all. One of Great Expectations' own says of the table whether it holds; only
where it doesn't are its rows asked for, once: whose they are, how many, and where the first five stand.
"""

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl

from assets.validation.failing_rows import Failing, by_organisation, columns_of, failing_rows, owner_of_all
from assets.validation.gx_duckdb import Gx
from assets.validation.gx_expectations import gathered, native
from assets.validation.results import RESULT
from expectations.expectation import Expectation, Native

_PLACE_COLUMNS = ("organisation", "delivery", "row")


def validate_table(
    con: duckdb.DuckDBPyConnection,
    gx: Gx,
    table: str,
    suite: Sequence[Expectation],
    organisations: Sequence[str],
    ids: Sequence[str],
) -> pl.DataFrame:
    """Returns the results of one table, as RESULT: every expectation for each of `organisations` and for whoever else
    has a row in the table or among the unexpected. `ids`: as of `failing_rows`. Raises BrokenSuite where the table
    isn't there or can't be asked.
    """
    columns = columns_of(con, f"FROM {table}", table)
    failing = _failing(con, gx, table, suite, ids)
    lines = [
        (name, organisation, unexpected, places)
        for name, found in failing.items()
        for organisation, (unexpected, places) in found.items()
    ]
    unexpected = pl.DataFrame(
        lines,
        schema={key: RESULT[key] for key in ("expectation", "organisation", "unexpected", "places")},
        orient="row",
    )
    owners = _owners(con, table, columns, organisations)
    strangers = unexpected.select("organisation").unique(maintain_order=True)
    strangers = strangers.join(owners, on="organisation", how="anti", nulls_equal=True)
    everybody = pl.concat([owners, strangers.with_columns(checked=pl.lit(0, pl.Int64))])
    keys = ["expectation", "organisation"]
    return (
        _as_frame(suite)
        .join(everybody, how="cross", maintain_order="left_right")
        .join(unexpected, on=keys, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            pl.lit(table).alias("table"),
            pl.col("unexpected").is_null().alias("ok"),
            pl.col("unexpected").fill_null(0),
            pl.col("places").fill_null([]),
        )
        .select(pl.col(name).cast(kind) for name, kind in RESULT.items())
    )


def _failing(
    con: duckdb.DuckDBPyConnection, gx: Gx, table: str, suite: Sequence[Expectation], ids: Sequence[str]
) -> dict[str, Failing]:
    """By expectation what doesn't hold."""
    failing: dict[str, Failing] = {}
    for subject in dict.fromkeys(_subject(table, expectation) for expectation in suite):
        checks = {
            expectation.name: expectation.check for expectation in suite if _subject(table, expectation) == subject
        }
        expectations = {
            name: native(check)
            if isinstance(check, Native)
            else gathered(by_organisation(con, subject, name, check, ids))
            for name, check in checks.items()
        }
        failed = {name: result for name, result in gx.validate(subject, expectations).items() if not result.success}
        for name, result in failed.items():
            if not isinstance(checks[name], Native):
                found = result.meta["found"]
                failing[name] = {line["organisation"]: (line["unexpected"], line["places"] or []) for line in found}
        of_gx = {name: check for name in failed if isinstance(check := checks[name], Native)}
        for name, rows in _queries(con, gx, subject, of_gx).items():
            failing[name] = failing_rows(con, subject, name, rows, ids)
    return failing


def _queries(con: duckdb.DuckDBPyConnection, gx: Gx, subject: str, failed: Mapping[str, Native]) -> dict[str, str]:
    """By expectation the query for the unexpected rows: the suite's own, or else GX's, which is made only where it is
    needed. What is about the table as a whole has none: it counts as one, nobody's."""
    without = {name: native(check) for name, check in failed.items() if not check.rows}
    columns = columns_of(con, f"FROM {subject}", subject) if without else ()
    results = gx.validate(subject, without, [column for column in _PLACE_COLUMNS if column in columns])
    queries = {name: result.result.get("unexpected_index_query") for name, result in results.items()}
    made = {name: str(query or "SELECT NULL AS organisation").rstrip().rstrip(";") for name, query in queries.items()}
    return {name: check.rows or made[name] for name, check in failed.items()}


def _subject(table: str, expectation: Expectation) -> str:
    """The table that an expectation is asked of."""
    return (expectation.check.table or table) if isinstance(expectation.check, Native) else table


def _as_frame(suite: Sequence[Expectation]) -> pl.DataFrame:
    lines = [(check.name, check.severity.value, check.explanation, check.reason) for check in suite]
    return pl.DataFrame(lines, schema=["expectation", "severity", "explanation", "reason"], orient="row")


def _owners(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], organisations: Sequence[str]
) -> pl.DataFrame:
    """How many rows (`checked`) each `organisation` has in the table, 0 where it has none."""
    if "organisation" in columns:
        query = f"SELECT organisation, count(*) FROM {table} GROUP BY organisation ORDER BY organisation"
        rows = dict.fromkeys(organisations, 0) | dict(con.execute(query).fetchall())
    else:
        query = f"SELECT CAST(? AS VARCHAR), count(*) FROM {table}"
        rows = dict(con.execute(query, [owner_of_all(table)]).fetchall())
    return pl.DataFrame(list(rows.items()), schema={"organisation": pl.String, "checked": pl.Int64}, orient="row")
