"""The adapter: Great Expectations on a DuckDB connection that is open already, and loud when something can't be
asked."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets.validation.failing_rows import BrokenSuite, by_organisation
from expectations.expectation import Native
from tests.validation.gx import Gx, gathered, gxe, native

pytestmark = pytest.mark.slow

TABLE = "trial.people"
PLACES = ("organisation", "delivery", "row")


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(tmp_path / "warehouse.duckdb") as con:
        con.execute("CREATE SCHEMA trial")
        con.execute(f"""
            CREATE TABLE {TABLE} AS SELECT
                if(n % 3 = 0, 'farsta', 'jarva') AS organisation, 'fil.csv' AS delivery, n + 2 AS row,
                nullif(n % 10, 0) AS numerator, n % 7 AS denominator, if(n % 11 = 0, NULL, 'K' || n % 5) AS code,
                DATE '2020-01-01' + CAST(n AS INTEGER) AS day, if(n = 50, 49, n) AS key
            FROM range(100) AS each (n)
        """)
        yield con


@pytest.fixture
def gx(con: duckdb.DuckDBPyConnection) -> Iterator[Gx]:
    with closing(Gx(con)) as gx:
        yield gx


TYPES = {
    "not null": (gxe.ExpectColumnValuesToNotBeNull(column="code"), "code IS NULL"),
    "null": (gxe.ExpectColumnValuesToBeNull(column="code"), "code IS NOT NULL"),
    "in set": (gxe.ExpectColumnValuesToBeInSet(column="code", value_set=["K1", "K2"]), "code NOT IN ('K1', 'K2')"),
    "not in set": (gxe.ExpectColumnValuesToNotBeInSet(column="code", value_set=["K1"]), "code = 'K1'"),
    "of a form": (gxe.ExpectColumnValuesToMatchRegex(column="code", regex="^(?:K[0-3])$"), "code = 'K4'"),
    "between": (
        gxe.ExpectColumnValuesToBeBetween(column="numerator", min_value=2, max_value=5),
        "numerator NOT BETWEEN 2 AND 5",
    ),
    "strictly above": (
        gxe.ExpectColumnValuesToBeBetween(column="numerator", min_value=2, strict_min=True),
        "numerator <= 2",
    ),
    "days": (
        gxe.ExpectColumnValuesToBeBetween(column="day", max_value=date(2020, 2, 15)),
        "day > DATE '2020-02-15'",
    ),
    "unique": (
        gxe.ExpectColumnValuesToBeUnique(column="key"),
        "key IN (SELECT key FROM trial.people GROUP BY key HAVING count(*) > 1)",
    ),
    "lengths": (gxe.ExpectColumnValueLengthsToEqual(column="code", value=3), "length(code) != 3"),
    "pair in order": (
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="denominator", column_B="numerator", or_equal=True),
        "denominator < numerator",
    ),
    "pair equal": (
        gxe.ExpectColumnPairValuesToBeEqual(column_A="denominator", column_B="numerator"),
        "numerator IS DISTINCT FROM denominator",
    ),
    # two NULLs are not equal, which is why suites ask in SQL where a part of a grain may be NULL (patterns.grain)
    "compound unique": (
        gxe.ExpectCompoundColumnsToBeUnique(column_list=["numerator", "denominator"]),
        """numerator IS NOT NULL AND (numerator, denominator) IN (
            SELECT (numerator, denominator) FROM trial.people GROUP BY numerator, denominator HAVING count(*) > 1
        )""",
    ),
}


@pytest.mark.parametrize(("expectation", "unexpected"), TYPES.values(), ids=TYPES)
def test_counts_are_those_of_plain_sql(
    con: duckdb.DuckDBPyConnection, gx: Gx, expectation: gxe.UnexpectedRowsExpectation, unexpected: str
) -> None:
    count = con.execute(f"SELECT count(*) FROM {TABLE} WHERE {unexpected}").fetchall()[0][0]
    result = gx.validate(TABLE, {"rule": expectation}, PLACES)["rule"]
    assert gx.validate(TABLE, {"rule": expectation})["rule"].success == result.success == (count == 0)
    assert result.result["unexpected_count"] == count
    assert result.result["element_count"] == 100


AGGREGATES = {
    "rows": (gxe.ExpectTableRowCountToEqual(value=100), "count(*)"),
    "distinct": (gxe.ExpectColumnUniqueValueCountToBeBetween(column="code", min_value=1), "count(DISTINCT code)"),
    "largest": (gxe.ExpectColumnMaxToBeBetween(column="denominator", min_value=0), "max(denominator)"),
    "smallest": (gxe.ExpectColumnMinToBeBetween(column="denominator", min_value=0), "min(denominator)"),
    "mean": (gxe.ExpectColumnMeanToBeBetween(column="denominator", min_value=0), "avg(denominator)"),
    "sum": (gxe.ExpectColumnSumToBeBetween(column="denominator", min_value=0), "sum(denominator)"),
}


@pytest.mark.parametrize(("expectation", "aggregate"), AGGREGATES.values(), ids=AGGREGATES)
def test_aggregates_are_those_of_plain_sql(
    con: duckdb.DuckDBPyConnection, gx: Gx, expectation: gxe.UnexpectedRowsExpectation, aggregate: str
) -> None:
    value = con.execute(f"SELECT {aggregate} FROM {TABLE}").fetchall()[0][0]
    result = gx.validate(TABLE, {"rule": expectation}, PLACES)["rule"]
    assert result.success
    assert result.result["observed_value"] == pytest.approx(float(value))


def test_rows_of_a_query_are_counted_by_organisation_in_one_question_and_not_fetched(
    con: duckdb.DuckDBPyConnection, gx: Gx
) -> None:
    query = f"SELECT * FROM {TABLE} WHERE denominator = 1"
    result = gx.validate(TABLE, {"rule": gathered(by_organisation(con, TABLE, "rule", query, ()))})["rule"]
    assert not result.success
    assert result.meta["found"] == [
        {"organisation": name, "unexpected": 5 * n, "places": [f"fil.csv rad {row}" for row in rows]}
        for name, n, rows in (("farsta", 1, (17, 38, 59, 80, 101)), ("jarva", 2, (3, 10, 24, 31, 45)))
    ]


def test_more_organisations_than_gx_fetches_rows_are_all_there(con: duckdb.DuckDBPyConnection, gx: Gx) -> None:
    query = "SELECT 'org' || n AS organisation FROM range(700) AS each (n)"
    result = gx.validate(TABLE, {"rule": gathered(by_organisation(con, TABLE, "rule", query, ()))})["rule"]
    assert (result.success, sum(line["unexpected"] for line in result.meta["found"])) == (False, 700)


BROKEN = {
    "a list of patterns, which this dialect can't match": gxe.ExpectColumnValuesToMatchRegexList(
        column="code", regex_list=["^K"]
    ),
    "a column that isn't there": gxe.ExpectColumnValuesToNotBeNull(column="name"),
    "SQL that is none": gathered("SELECT FROM WHERE"),
    "a query of a table that isn't there": gathered("FROM trial.nobody"),
    "a query that meets a value of another kind": gathered(
        f"SELECT organisation, CAST(code AS INTEGER) AS code FROM {TABLE}"
    ),
}


@pytest.mark.parametrize("expectation", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_asked_is_an_error_of_the_pipeline(gx: Gx, expectation: gxe.UnexpectedRowsExpectation) -> None:
    """Great Expectations keeps the exception in `exception_info` and calls the data wrong; here it is raised."""
    fine = gxe.ExpectColumnValuesToNotBeNull(column="organisation")
    with pytest.raises(BrokenSuite, match=r"^trial\.people, rule: [A-Za-z ]+ Error(, line \d+)?$"):
        gx.validate(TABLE, {"fine": fine, "rule": expectation})


def test_the_kind_of_an_error_is_said_and_no_value(gx: Gx) -> None:
    with pytest.raises(BrokenSuite, match=r"^trial\.people, rule: Conversion Error, line 1$"):
        gx.validate(TABLE, {"rule": BROKEN["a query that meets a value of another kind"]})


def test_it_works_on_the_open_connection_and_lets_go(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """DuckDB lets one process alone open a file for writing, so the connection is shared; nothing is drawn or
    left."""
    path = tmp_path / "own.duckdb"
    with duckdb.connect(path) as con:
        con.execute("CREATE SCHEMA trial")
        con.execute(f"CREATE TABLE {TABLE} (code VARCHAR)")
        with closing(Gx(con)) as gx:
            result = gx.validate(TABLE, {"rule": gxe.ExpectColumnValuesToNotBeNull(column="code")})["rule"]
            assert result.success
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == [path]
    code = f"import duckdb; duckdb.connect({str(path)!r}).execute('DROP TABLE {TABLE}')"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 – another process may write now


def test_it_sees_what_the_run_makes_between_two_questions(con: duckdb.DuckDBPyConnection, gx: Gx) -> None:
    rows = {"rows": gxe.ExpectTableRowCountToEqual(value=100)}
    assert gx.validate(TABLE, rows)["rows"].success
    con.execute(f"DELETE FROM {TABLE} WHERE row = 2")
    con.execute("CREATE TABLE trial.later AS SELECT 1 AS one")
    assert not gx.validate(TABLE, rows)["rows"].success
    assert gx.validate("trial.later", {"rows": gxe.ExpectTableRowCountToEqual(value=1)})["rows"].success


@pytest.mark.parametrize("check", [
    Native("ExpectColumnValuesToNotBeNull", {"column": "code"}),
    Native("ExpectColumnValuesToBeBetween", {"column": "day", "max_value": date(2020, 2, 15)}),
    Native("ExpectCompoundColumnsToBeUnique", {"column_list": ["organisation", "key"]}),
])  # fmt: skip
def test_a_check_as_data_finds_what_gx_finds_and_makes_its_configuration_once(gx: Gx, check: Native) -> None:
    lean, own = native(check), getattr(gxe, check.kind)(**check.arguments)
    assert lean.configuration is lean.configuration
    assert lean.configuration.kwargs == own.configuration.kwargs
    results = [gx.validate(TABLE, {"rule": query}, PLACES)["rule"].result for query in (lean, own)]
    assert dict(results[0]) == dict(results[1])
