"""Every query of sql/alerts: given rows → the alerts of its kind; and what the headers hold together with."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from assets.alerts.findings import find, set_parameters
from assets.alerts.queries import COLUMNS, load_queries
from assets.alerts.vocabulary import Kind
from assets.sql_files import SqlFileError
from tests.alerts.conftest import QUERIES, filled
from tests.cases import DEFAULT, Case, read_cases

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).with_name("cases")
CASES = [case for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)]
_OF_THE_WAREHOUSE = [name for name, query in QUERIES.items() if "validation.results" not in query.reads]
_PARAMETERS = ("waiting_files", "alerts")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.indicator}: {case.name}")
def test_a_query(case: Case, empty_warehouse: Path, tmp_path: Path) -> None:
    query = QUERIES[case.indicator]
    assert case.as_of
    waiting = [(row["organisation"], row["name"]) for row in case.tables.get("waiting_files", [])]
    rows = {
        table: [{"organisation": DEFAULT} | {name: cell or None for name, cell in row.items()} for row in given]
        for table, given in case.tables.items()
        if table not in _PARAMETERS
    }
    with filled(empty_warehouse, tmp_path / "warehouse.duckdb", case.as_of, rows) as con:
        found = find(con, {case.indicator: query}, waiting).found
    expected = case.tables["alerts"]
    columns = list(expected[0]) if expected else ["organisation", "text"]
    assert sorted(found.select(columns).fill_null("").rows()) == sorted(
        tuple(row.get(name, "") for name in columns) for row in expected
    )
    assert found["id"].is_unique().all()
    assert set(found["kind"]) <= {query.kind}


def test_every_kind_has_a_query_and_every_query_its_cases() -> None:
    kinds = [query.kind for query in QUERIES.values()]
    assert sorted([*kinds, Kind.FAILED_NIGHT]) == sorted(Kind), "a failed night is found by no query"
    assert sorted({case.indicator for case in CASES}) == sorted(QUERIES)


@pytest.fixture
def warehouse(empty_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(empty_warehouse, read_only=True) as con:
        yield con


@pytest.mark.parametrize("name", _OF_THE_WAREHOUSE)
def test_a_query_yields_only_what_an_alert_has(name: str, warehouse: duckdb.DuckDBPyConnection) -> None:
    set_parameters(warehouse, [])
    yielded = {column for column, *_ in warehouse.execute(f"describe {QUERIES[name].query}").fetchall()}
    assert {"organisation", "text"} <= yielded <= set(COLUMNS)


@pytest.mark.parametrize("name", _OF_THE_WAREHOUSE)
def test_every_join_is_by_hash_but_those_with_the_one_row_of_the_review(
    name: str, warehouse: duckdb.DuckDBPyConnection
) -> None:
    set_parameters(warehouse, [])
    ((_, plan),) = warehouse.execute(f"explain {QUERIES[name].query}").fetchall()
    slow = re.findall("NESTED_LOOP_JOIN|BLOCKWISE_NL_JOIN|CROSS_PRODUCT|PIECEWISE_MERGE_JOIN|IE_JOIN", plan)
    assert len(slow) <= ("core.review" in QUERIES[name].reads)


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ('kind = "okänt slag"\nseverity = "info"\nabout = "a"', "kind"),
        ('kind = "tidsfrist"\nseverity = "viktig"\nabout = "a"', "severity"),
        ('kind = "tidsfrist"\nseverity = "info"', "about"),
        ('kind = "tidsfrist"\nseverity = "info"\nabout = "a"\nwhen_blocked = "never"', "when_blocked"),
        ('kind = "tidsfrist"\nseverity = "info"\nabout = "a"\nslag = "a"', "slag"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused_by_name(tmp_path: Path, header: str, fault: str) -> None:
    (tmp_path / "odd.sql").write_text(f"/*\n{header}\n*/\nselect 1", encoding="utf-8")
    with pytest.raises(SqlFileError, match=rf"odd\.sql: (.|\n)*{fault}"):
        load_queries(tmp_path)
