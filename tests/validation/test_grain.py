"""One row per key of several columns: which rows are the same, and which are passed over."""

import duckdb
import pytest

from expectations.patterns import grain

ROW = "SELECT organisation, day, part FROM (VALUES {rows}) AS rows(organisation, day, part)"


@pytest.mark.parametrize(
    ("rows", "nullable", "found"),
    [
        ("('farsta', 1, 'a'), ('farsta', 1, 'b'), ('jarva', 1, 'a')", (), []),
        ("('farsta', 1, 'a'), ('farsta', 1, 'a'), ('jarva', 1, 'a')", (), ["farsta"]),
        ("('farsta', 1, 'a'), ('farsta', 1, 'a'), ('jarva', 2, 'b'), ('jarva', 2, 'b')", (), ["farsta", "jarva"]),
        ("('farsta', 1, NULL), ('farsta', 1, NULL)", (), []),
        ("('farsta', 1, NULL), ('farsta', 1, NULL)", ("part",), ["farsta"]),
        ("('farsta', NULL, NULL), ('farsta', NULL, NULL)", ("part",), []),
        ("('farsta', 1, NULL), ('farsta', 1, 'a')", ("part",), []),
    ],
)
def test_rows_of_one_key(rows: str, nullable: tuple[str, ...], found: list[str]) -> None:
    check = grain("core.trial", ("organisation", "day", "part"), nullable).check
    assert isinstance(check, str)
    with duckdb.connect() as con:
        con.execute(f"CREATE SCHEMA core; CREATE TABLE core.trial AS {ROW.format(rows=rows)}")
        assert sorted(name for (name,) in con.execute(check).fetchall()) == found


def test_the_place_that_is_told_is_one_row_s() -> None:
    check = grain("registers.trial", ("organisation", "day", "part")).check
    rows = "('farsta', 1, 'a', 'b.csv', 2), ('farsta', 1, 'a', 'a.csv', 9)"
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA registers")
        con.execute(
            f"CREATE TABLE registers.trial AS FROM (VALUES {rows}) AS rows(organisation, day, part, delivery, row)"
        )
        assert con.execute(str(check)).fetchall() == [("farsta", "a.csv", 9)]
