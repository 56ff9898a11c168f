"""Errors of the SQL step: what kind they are and where, and no value of any cell."""

import re
from collections.abc import Iterator

import duckdb
import pytest

from assets.sql_files import safe_message

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
