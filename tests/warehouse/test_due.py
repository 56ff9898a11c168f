"""marts.due: given rows → what is to be done, and by which day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets.warehouse.build import build
from tests.cases import DEFAULT, MODELS, Case, read_cases, warehouse

pytestmark = pytest.mark.slow

CASES = read_cases(Path(__file__).with_name("due.txt"))
COLUMNS = ("kind", "key", "due", "label", "moment")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_due(case: Case, tmp_path: Path) -> None:
    expected = {tuple(row.get(column, "") for column in COLUMNS) for row in case.tables["items"]}
    with warehouse(case, "marts.due", tmp_path) as con:
        rows = con.execute(f"SELECT {', '.join(COLUMNS)} FROM marts.due WHERE organisation = ?", [DEFAULT]).fetchall()
    assert {tuple("" if cell is None else str(cell) for cell in row) for row in rows} == expected
    assert len(rows) == len(expected)


@pytest.fixture
def nothing(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse(Case("due", "no deliveries", date(2026, 11, 1)), "core.review", tmp_path) as con:
        yield con


@pytest.mark.parametrize(
    ("night", "reviews", "due"),
    [
        (True, [], "2027-10-31"),
        (True, ["2025-11-15", "2025-10-31"], "2026-11-15"),
        (True, ["2024-10-31"], "2027-10-31"),
        (False, ["2025-11-15"], "2027-11-01"),
    ],
)
def test_the_next_review_is_a_year_after_the_last(
    nothing: duckdb.DuckDBPyConnection, night: bool, reviews: list[str], due: str
) -> None:
    nothing.execute("SET VARIABLE nightly = ?", [night])
    nothing.execute("DROP TABLE core.review")
    for day in reviews:
        nothing.execute(
            "INSERT INTO history.series BY NAME SELECT CAST(? AS DATE) AS as_of, false AS night, "
            "'farsta' AS organisation",
            [day],
        )
    nothing.execute(
        "INSERT INTO history.series BY NAME SELECT DATE '2026-10-31' AS as_of, true AS night, "
        "'farsta' AS organisation"
    )
    build(nothing, MODELS, ["marts.due"])
    found = nothing.execute(
        "SELECT due FROM marts.due WHERE organisation = 'farsta' AND key = 'genomgång'"
    ).fetchall()
    assert [str(day) for (day,) in found] == [due]
