"""marts.quarantine: no value that holds the id of a protected person, wherever in it the id stands."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.registers.shapes import FAULTS
from tests.cases import MODELS, Case, warehouse

pytestmark = pytest.mark.slow

PLACE = {"organisation": "farsta", "register": "personal", "delivery": "p"}
QUERY = MODELS["marts.quarantine"].query


def published_values(
    con: duckdb.DuckDBPyConnection, faults: list[tuple[str, str | None]], ids: list[str]
) -> list[str | None]:
    """The values shown of faults, given as organisation and value, when a's persons with these ids are protected."""
    con.execute("CREATE SCHEMA IF NOT EXISTS intake; CREATE SCHEMA IF NOT EXISTS core")
    con.execute("CREATE OR REPLACE TABLE core.protected_persons (organisation VARCHAR, anstallnings_id VARCHAR)")
    con.execute(f"DROP TABLE IF EXISTS intake.faults; {FAULTS.ddl}")
    for own in ids:
        con.execute("INSERT INTO core.protected_persons VALUES ('a', ?)", [own])
    for row, (organisation, value) in enumerate(faults):
        con.execute("INSERT INTO intake.faults BY NAME SELECT ? AS organisation, ? AS row, ? AS value",
                    [organisation, row, value])  # fmt: skip
    return [value for (value,) in con.execute(f"SELECT value FROM ({QUERY}) ORDER BY row").fetchall()]


@pytest.mark.parametrize(
    ("value", "is_public"),
    [("A12", False), ("xA12", False), ("A12x", False), ("é A12 å", False), ("A1", True), ("A1 2", True), ("", True)],
)
def test_an_id_is_hidden_wherever_it_stands(value: str, is_public: bool) -> None:
    with duckdb.connect() as con:
        assert published_values(con, [("a", value), ("b", value)], ["A12", "K7"]) == [
            value if is_public else None,
            value,
        ]


def test_an_empty_cell_stays_listed() -> None:
    with duckdb.connect() as con:
        assert published_values(con, [("a", None)], ["A12"]) == [None]


@given(
    st.lists(st.text(alphabet="ab1å", max_size=6) | st.none(), min_size=1, max_size=5),
    st.lists(st.text(alphabet="ab1å", min_size=1, max_size=3), max_size=3, unique=True),
)
def test_it_hides_what_contains_an_id_and_nothing_else(values: list[str | None], ids: list[str]) -> None:
    with duckdb.connect() as con:
        expected = [None if value is None or any(own in value for own in ids) else value for value in values]
        assert published_values(con, [("a", value) for value in values], ids) == expected


def test_a_fault_is_listed_once(tmp_path: Path) -> None:
    case = Case("quarantine", "two ids", date(2026, 10, 31))
    case.tables["intake.protected"] = [PLACE | {"key": key} for key in ("A1", "A2")]
    fault = {"row": "1", '"column"': "Enhet", "value": "A1 A2 A1", "rule": "oläsbar", "effect": "cellen"}
    case.tables["intake.faults"] = [PLACE | fault]
    with warehouse(case, "marts.quarantine", tmp_path) as con:
        assert con.execute("SELECT value FROM marts.quarantine").fetchall() == [(None,)]
