"""Errors of the SQL step: what kind they are and where, and no value of any cell."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from assets.sql_files import SqlFileError, StepFailed, naming_query, read_sql_file, safe_message

CELL = "hemlig rad"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE cells AS SELECT ? AS cell", [CELL])
        yield con


BROKEN = {
    "a cell of another kind": ("SELECT\nCAST(cell AS INTEGER) FROM cells", "core.x: Conversion Error, line 2"),
    "an error made of a cell": ("SELECT error(cell) FROM cells", "core.x: Invalid Input Error"),
    "no such column": (f"SELECT nothing FROM cells WHERE cell = '{CELL}'", "core.x: Binder Error, line 1"),
    "no such table": ("FROM nowhere", "core.x: Catalog Error, line 1"),
    "no SQL": (f"SELEC '{CELL}'", "core.x: Parser Error, line 1"),
}


@pytest.mark.parametrize(("query", "message"), BROKEN.values(), ids=BROKEN)
def test_the_kind_and_the_place_are_said_and_no_value(
    con: duckdb.DuckDBPyConnection, query: str, message: str
) -> None:
    with pytest.raises(duckdb.Error) as error:
        con.execute(query).fetchall()
    assert safe_message(error.value, "core.x") == message


def test_another_library_s_error_is_told_by_its_class() -> None:
    assert safe_message(ValueError(CELL)) == "Value Error"
    assert safe_message(OSError(28, CELL)) == "OS Error"


def test_another_library_s_error_names_the_line_of_code() -> None:
    with pytest.raises(ValueError, match=CELL) as error:
        int(CELL)
    message = safe_message(error.value, "core.x")
    assert re.fullmatch(r"core\.x: Value Error, test_sql_files\.py line \d+", message)


HEADER = '/*\nabout = "x"\n*/\n\n'


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT\n  nothing\nFROM cells", "core.x: Binder Error, line 6 of sql/core/x.sql"),
        ("SELECT\n  CAST(cell AS INTEGER) AS cell FROM cells", "core.x: Conversion Error, line 6 of sql/core/x.sql"),
        ("SELECT error(cell) AS cell FROM cells", "core.x: Invalid Input Error in sql/core/x.sql"),
    ],
)
def test_a_query_names_its_file_and_the_line_there(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, query: str, message: str
) -> None:
    file = read_sql_file(_written(tmp_path, query))
    with pytest.raises(StepFailed) as error, naming_query("core.x", file.place):
        con.execute(f"CREATE TABLE made AS {file.query}")
    assert str(error.value) == message


NO_QUERY = {
    "no SQL": ("SELEC 1", 'x.sql: syntax error at or near "SELEC", line 5 of sql/core/x.sql'),
    "a bracket that isn't closed": (
        "SELECT 'å', a\nFROM b\nWHERE (",
        "x.sql: syntax error at end of input, line 7 of sql/core/x.sql",
    ),
    "two": ("SELECT 1; SELECT 2", "x.sql: holds something else than one SELECT"),
    "none": ("-- SELECT 1", "x.sql: holds something else than one SELECT"),
    "one that changes": ("DELETE FROM core.a", "x.sql: holds something else than one SELECT"),
}


@pytest.mark.parametrize(("query", "message"), NO_QUERY.values(), ids=NO_QUERY)
def test_what_is_no_query_is_told_with_its_file_and_the_line_there(tmp_path: Path, query: str, message: str) -> None:
    with pytest.raises(SqlFileError) as error:
        read_sql_file(_written(tmp_path, query))
    assert str(error.value) == message


READ = {
    "a join": ("FROM core.a JOIN core.b USING (x)", {"core.a", "core.b"}),
    "a CTE": ("WITH a AS (SELECT 1) SELECT 'core.c' FROM a, core.b AS c", {"core.b"}),
    "a subquery": ("SELECT (FROM core.c) FROM core.a WHERE x IN (FROM core.b)", {"core.a", "core.b", "core.c"}),
    "a union": ("FROM core.a UNION ALL BY NAME FROM core.b", {"core.a", "core.b"}),
    "quoted": ('FROM "core"."å b"', {"core.å b"}),
    "a parameter": ("FROM core.a WHERE x = $day AND y = getvariable('as_of')", {"core.a"}),
    "itself": ("WITH RECURSIVE r AS (SELECT x FROM core.a UNION SELECT x + 1 FROM r) FROM r", {"core.a"}),
}  # fmt: skip


@pytest.mark.parametrize(("query", "reads"), READ.values(), ids=READ)
def test_the_tables_that_a_query_reads_are_read_off_it(tmp_path: Path, query: str, reads: set[str]) -> None:
    assert read_sql_file(_written(tmp_path, query)).reads == reads


def _written(folder: Path, query: str) -> Path:
    path = folder / "sql" / "core" / "x.sql"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + query, encoding="utf-8")
    return path
