"""A source's SQL sees the raw table and nothing else, and gives the same rows for the same bytes."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.intake.sources import sandbox
from assets.intake.sources.check_sql import check_sql
from assets.intake.sources.reshape import check_where, reshape
from assets.intake.sources.sandbox import SourceSqlError

RAW = pl.DataFrame(
    {"row": [2, 3, 4], "Namn": ["Öst", "", "Väst"], "1. Start": ["ja", "nej", "ja"], "1. Start#2": ["a", "b", ""]},
    schema_overrides={"row": pl.UInt32},
)

FICKLE = [
    "now()", "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "today()",
    "random()", "uuid()", "gen_random_uuid()", "uuidv7()", "get_current_timestamp()", "transaction_timestamp()",
    "txid_current()",
    "getenv('HOME')", "current_setting('memory_limit')", "version()", "current_user", "user", "session_user",
    "current_schema", "age(TIMESTAMP '2020-01-01')", "ago(INTERVAL 1 DAY)", "current_localtimestamp()",
    "setseed(0.5)",
    "CAST(NOW() AS DATE)", "(SELECT max(random()) FROM raw)", "date_diff('day', DATE '2020-01-01', CURRENT_DATE)",
]  # fmt: skip


@pytest.mark.parametrize("called", FICKLE)
def test_what_answers_otherwise_another_day_is_refused(called: str) -> None:
    with pytest.raises(SourceSqlError, match="inte ger samma rader varje dag"):
        check_sql(f"SELECT row, {called} AS x FROM raw")
    with pytest.raises(SourceSqlError, match="inte ger samma rader varje dag"):
        check_where(f"{called} IS NOT NULL")


@pytest.mark.parametrize("name", ['"user"', '"current_date"', "raw.user", '"now()"'])
def test_a_column_may_be_called_as_a_function_is(name: str) -> None:
    check_sql(f"SELECT row, {name} FROM raw")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1; SELECT 2", "CREATE TABLE x AS SELECT 1", "INSTALL httpfs", "ATTACH 'x.db'", "SET threads = 4", "",
        "PRAGMA database_list", "DROP TABLE raw", "COPY raw TO '/tmp/x'", "EXPORT DATABASE 'x'", "SUMMARIZE raw",
    ],
)  # fmt: skip
def test_it_is_one_select(sql: str) -> None:
    with pytest.raises(SourceSqlError):
        check_sql(sql)


REACHING_OUT = [
    "SELECT row, content AS x FROM raw, read_text('{file}')",
    "SELECT 2 AS row, * FROM read_csv('{file}')",
    "SELECT 2 AS row, * FROM '{file}'",
    "SELECT 2 AS row, * FROM glob('/etc/*')",
    "SELECT 2 AS row, * FROM read_csv('https://exempel.invalid/a.csv')",
    "SELECT 2 AS row, * FROM read_parquet('s3://exempel/a.parquet')",
    "SELECT 2 AS row, * FROM sqlite_scan('{file}', 'a')",
    "SELECT 2 AS row, * FROM outside",
    "SELECT 2 AS row, * FROM query('SELECT 1')",
    "SELECT 2 AS row, * FROM query_table(['raw'])",
]


@pytest.mark.parametrize("sql", REACHING_OUT)
def test_it_reaches_no_file_network_extension_or_python_object(tmp_path: Path, sql: str) -> None:
    (tmp_path / "a.csv").write_text("secret\nvalue\n", encoding="utf-8")
    foreign = pl.DataFrame({"secret": ["value"]})
    assert foreign.height
    with pytest.raises(SourceSqlError) as refused:
        reshape(RAW, None, sql.format(file=tmp_path / "a.csv"))
    assert "value" not in str(refused.value)


def test_its_configuration_is_locked() -> None:
    with sandbox.sandbox(RAW) as con:
        for change in ("SET memory_limit = '9GB'", "SET enable_external_access = true", "SET threads = 2"):
            with pytest.raises(duckdb.Error, match=r"locked|cannot"):
                con.execute(change)


def test_it_may_take_but_so_much_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.3)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 2 AS row, max(i) AS i FROM n"
    with pytest.raises(SourceSqlError, match="tog mer än"):
        reshape(RAW, None, endless)


def test_it_may_take_but_so_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MEMORY", "20MB")
    many = "SELECT 2 AS row, list(repeat(i::VARCHAR, 50)) AS i FROM range(3000000) AS t(i)"
    with pytest.raises(SourceSqlError, match="behövde mer minne än 20MB"):
        reshape(RAW, None, many)


def test_where_leaves_out_rows_and_counts_them() -> None:
    kept = reshape(RAW, "Namn <> '' -- inte tomma", None)
    assert (kept.rows["row"].to_list(), kept.other_rows) == ([2, 4], 1)
    assert reshape(RAW, None, None).rows is RAW


def test_sql_comes_after_where_and_its_rows_by_row() -> None:
    unpivoted = """
        WITH cells AS (UNPIVOT raw ON columns('^1') INTO NAME heading VALUE said)
        SELECT row, heading, upper(said) AS said, length(said) AS long FROM cells ORDER BY row DESC, heading DESC
    """
    made = reshape(RAW, "row > 2", unpivoted)
    assert made.rows.rows() == [
        (3, "1. Start#2", "B", "1"),
        (3, "1. Start", "NEJ", "3"),
        (4, "1. Start#2", "", "0"),
        (4, "1. Start", "JA", "2"),
    ]
    assert made.other_rows == 1


@pytest.mark.parametrize("name", ["user", "current_date", "localtimestamp"])
def test_what_is_quoted_is_a_column_or_missing(name: str) -> None:
    """Where no column is called so, the engine would answer itself."""
    with pytest.raises(SourceSqlError, match=f"rubriken {name} saknas"):
        reshape(RAW, None, f'SELECT row, "{name}" AS x FROM raw')
    with pytest.raises(SourceSqlError, match=f"rubriken {name} saknas"):
        reshape(RAW, f"\"{name}\" <> ''", None)
    with_name = RAW.with_columns(pl.lit("a").alias(name))
    assert reshape(with_name, None, f'SELECT row, "{name}" AS x FROM raw LIMIT 1').rows.row(0) == (2, "a")


@pytest.mark.parametrize(
    "table",
    ["information_schema.tables", "duckdb_settings()", "pragma_version()", "annan", "main.raw", "'/etc/a.csv'"],
)
def test_it_reads_the_raw_table_alone(table: str) -> None:
    with pytest.raises(SourceSqlError, match=r"läser .+, men bara raw finns"):
        check_sql(f"SELECT 2 AS row FROM {table}")


@pytest.mark.parametrize(
    "sql",
    [
        "WITH a AS (SELECT row FROM raw), b AS (FROM a) SELECT row FROM b JOIN raw AS r USING (row)",
        "SELECT row, part FROM raw, unnest(string_split(Namn, ',')) AS t(part)",
        "SELECT row, n FROM raw, generate_series(1, 2) AS t(n)",
        "SELECT row FROM (SELECT row FROM RAW) AS inner_rows",
        "SELECT row, v.a FROM raw CROSS JOIN (VALUES (1), (2)) AS v(a)",
    ],
)
def test_what_it_makes_of_the_raw_table_it_may_read(sql: str) -> None:
    assert reshape(RAW, None, sql).rows.height >= RAW.height


def test_what_comes_out_is_text() -> None:
    made = reshape(
        RAW, None, "SELECT row, NULL AS a, DATE '2026-01-02' AS b, row = 2 AS c, 1.50 AS d FROM raw LIMIT 1"
    )
    assert made.rows.row(0) == (2, "", "2026-01-02", "true", "1.50")
    assert made.rows.columns == ["row", "a", "b", "c", "d"]
    others = "INTERVAL 3 DAY AS a, TIMESTAMPTZ '2026-01-02 10:11:12+01' AS b, '101'::BIT AS c, sum(row) AS d"
    made = reshape(RAW, None, f"SELECT min(row) AS Row, {others}, 'x' AS Heading FROM raw")
    assert made.rows.rows() == [(2, "3 days", "2026-01-02 09:11:12+00", "101", "9", "x")]
    assert made.rows.columns == ["row", "a", "b", "c", "d", "heading"]
    with pytest.raises(SourceSqlError, match="ger kolumnen a som en lista"):
        reshape(RAW, None, "SELECT row, [1, 2] AS a FROM raw")


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT Namn FROM raw", "ger ingen kolumn row"),
        ("SELECT row + 1 AS row FROM raw", "ger rader vars row inte är källans"),
        ("SELECT NULL AS row FROM raw", "ger rader vars row inte är källans"),
        ("SELECT Namn AS row FROM raw", "ger rader vars row inte är källans"),
        ("SELECT row, Nam FROM raw", "rubriken Nam saknas"),
        ("SELECT row, versal(Namn) AS x FROM raw", "funktionen versal finns inte"),
        ("SELECT row, CAST(Namn AS INTEGER) AS x FROM raw", "pröva try_cast eller try_strptime"),
    ],
)
def test_a_fault_says_nothing_of_a_cell(sql: str, reason: str) -> None:
    with pytest.raises(SourceSqlError, match=reason) as refused:
        reshape(RAW, None, sql)
    assert "Öst" not in str(refused.value)


def test_the_same_rows_come_in_the_same_order() -> None:
    many = pl.DataFrame({"row": pl.Series(range(20_000), dtype=pl.UInt32), "a": [str(n % 7) for n in range(20_000)]})
    sql = "SELECT min(row) AS row, a, count(*) AS n FROM raw GROUP BY a"
    first, second = (reshape(many, None, sql).rows for _ in range(2))
    assert first.equals(second)
