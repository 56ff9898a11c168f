"""Where unexpected rows stand: the first of them, in an order that no warehouse decides."""

import itertools

import duckdb
import pytest

from assets.validation.failing_rows import failing_rows

ROWS = ("('farsta', 'b.csv', 2)", "('farsta', 'a.csv', 2)", "('farsta', 'c.csv', 1)")


@pytest.mark.parametrize("rows", list(itertools.permutations(ROWS)))
def test_rows_with_one_number_stand_in_the_order_of_their_files(rows: tuple[str, ...]) -> None:
    query = f"SELECT * FROM (VALUES {', '.join(rows)}) AS found (organisation, delivery, row)"
    with duckdb.connect() as con:
        con.execute("CREATE TABLE rows AS SELECT 1 AS one")
        found = failing_rows(con, "main.rows", "check", query, ())
    assert found == {"farsta": (3, ["c.csv rad 1", "a.csv rad 2", "b.csv rad 2"])}
