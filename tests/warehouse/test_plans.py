"""How DuckDB joins: what grows with the data is never held row by row against what grows with the data."""

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import polars as pl
import pytest

from assets.alerts.findings import set_parameters
from assets.alerts.queries import load_queries
from assets.publication.queries import FOLDER, report_query
from assets.validation.results import RESULT
from assets.warehouse.models import Model
from tests.warehouse.conftest import MODELS, REGISTERS, ROOT

ALERTS = load_queries(ROOT / "sql" / "alerts")

ROW_BY_ROW = {"NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN", "CROSS_PRODUCT", "PIECEWISE_MERGE_JOIN", "IE_JOIN"}
CONSTANTS = {"DUMMY_SCAN", "COLUMN_DATA_SCAN"}
LISTS = {
    "intake.organisations",
    "intake.registers",
    "catalogue.indicators",
    *(f"registers.{name}" for name, register in REGISTERS.items() if register.level == "city"),
}
"""What stays short however much is delivered; every model made of these and of B alone is short, too."""

Plan = dict[str, Any]


def is_short(table: str) -> bool:
    model = MODELS.get(table)
    return table in LISTS or (model is not None and all(map(is_short, model.reads)))


def nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for child in plan["children"]:
        yield from nodes(child)


def read_by(plan: Plan, ctes: dict[str, Plan]) -> set[str]:
    """The tables that a part of a plan reads, through its CTEs; constants by the name of their scan."""
    found: set[str] = set()
    for node in nodes(plan):
        if node["name"] == "CTE_SCAN":
            found |= read_by(ctes[node["extra_info"]["CTE Index"]], ctes)
        elif not node["children"]:
            found.add(node["extra_info"].get("Table", node["name"]).removeprefix("memory."))
    return found


def slow_joins(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """The joins row by row of two sides that both grow."""
    own = {"organisation": "farsta"} if "$organisation" in query else {}
    row = con.execute(f"EXPLAIN (FORMAT json) {query}", own).fetchone()
    assert row
    (plan,) = json.loads(row[1])
    ctes = {node["extra_info"]["Table Index"]: node["children"][0] for node in nodes(plan) if node["name"] == "CTE"}
    found = []
    for node in nodes(plan):
        if node["name"] in ROW_BY_ROW:
            sides = [read_by(side, ctes) for side in node["children"]]
            if not any(all(table in CONSTANTS or is_short(table) for table in side) for side in sides):
                found.append(f"{node['name']} {node['extra_info']}: {sides}")
    return found


@pytest.fixture(scope="module")
def planner(
    empty: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Plans as if the tables weren't empty: else what reads them is left out of the plan. Alerts read what the
    validation leaves, too."""
    set_parameters(empty, [])
    results = tmp_path_factory.mktemp("validation") / "results.parquet"
    pl.DataFrame(schema=RESULT).write_parquet(results)
    empty.execute("CREATE TABLE validation.results AS FROM read_parquet(?)", [str(results)])
    empty.execute("CREATE TABLE validation.personal_numbers AS FROM intake.personal_numbers")
    empty.execute("SET disabled_optimizers = 'statistics_propagation,empty_result_pullup'")
    yield empty
    empty.execute("RESET disabled_optimizers")
    empty.execute("DROP TABLE validation.results; DROP TABLE validation.personal_numbers")


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.table)
def test_no_model_joins_row_by_row(planner: duckdb.DuckDBPyConnection, model: Model) -> None:
    assert slow_joins(planner, model.query) == []


@pytest.mark.parametrize("report", sorted(path.stem for path in FOLDER.glob("*.sql")))
def test_no_report_joins_row_by_row(planner: duckdb.DuckDBPyConnection, report: str) -> None:
    assert slow_joins(planner, report_query(report).query) == []


@pytest.mark.parametrize("alert", ALERTS)
def test_no_alert_joins_row_by_row(planner: duckdb.DuckDBPyConnection, alert: str) -> None:
    assert slow_joins(planner, ALERTS[alert].query) == []


def test_a_join_row_by_row_is_found(planner: duckdb.DuckDBPyConnection) -> None:
    query = """
        with open as (select id from history.gaps where closed is null limit 5)
        select gap.id from marts.gaps as gap join open on contains(gap.id, open.id)
    """
    (found,) = slow_joins(planner, query)
    assert "history.gaps" in found
    assert "marts.gaps" in found
