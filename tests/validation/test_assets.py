"""The Dagster checks: two a table, known without Great Expectations; only a fault that is nobody's stops the run."""

import subprocess
import sys
from collections.abc import Sequence

import dagster as dg
import polars as pl
import pytest

from assets.settings import Run
from assets.validation.assets import MUST_HOLD, SHOULD_HOLD, validation_assets
from assets.validation.results import RESULT, TableResult
from tests.nights.conftest import QUIET
from tests.validation.conftest import ROOT

TABLE = "marts.gaps"
RESULT_OF = {
    "organisation": "farsta", "table": TABLE, "expectation": "kontrollen", "ok": True, "checked": 10, "unexpected": 0,
    "explanation": "Så rättas det.", "reason": "Därför.", "places": [],
}  # fmt: skip


def table_result(*rows: dict[str, object], broken: str = "") -> TableResult:
    return TableResult(TABLE, pl.DataFrame([RESULT_OF | row for row in rows], schema=RESULT), broken)


def outcome(found: TableResult) -> tuple[dict[str, dg.AssetCheckEvaluation], list[str], bool]:
    """The checks by name, the assets made, and whether the run ended well."""
    made = []

    @dg.asset(key=["marts", "gaps"])
    def gaps() -> None:
        made.append("gaps")

    @dg.asset(deps=[gaps])
    def published() -> None:
        made.append("published")

    def validate(_: Run) -> Sequence[TableResult]:
        return [found]

    defs = dg.Definitions(
        assets=[gaps, published],
        asset_checks=validation_assets([TABLE], validate),
        jobs=[dg.define_asset_job("night", dg.AssetSelection.all())],
        resources={"run": dg.ResourceDefinition.hardcoded_resource(object())},
        executor=dg.in_process_executor,
    )
    with dg.DagsterInstance.ephemeral() as instance:
        result = defs.resolve_job_def("night").execute_in_process(
            instance=instance, raise_on_error=False, run_config={"loggers": QUIET}
        )
    checks = {check.check_name: check for check in result.get_asset_check_evaluations()}
    return checks, made, result.success


def test_all_is_well() -> None:
    checks, made, success = outcome(table_result({"severity": "kritisk"}, {"severity": "varning"}))
    assert {name: check.passed for name, check in checks.items()} == {MUST_HOLD: True, SHOULD_HOLD: True}
    assert (made, success) == (["gaps", "published"], True)


def test_one_blocked_organisation_does_not_stop_the_others() -> None:
    checks, made, success = outcome(table_result({"severity": "kritisk", "ok": False, "unexpected": 3}))
    assert (checks[MUST_HOLD].passed, checks[MUST_HOLD].severity) == (False, dg.AssetCheckSeverity.WARN)
    assert (made, success) == (["gaps", "published"], True)


@pytest.mark.parametrize(
    "found",
    [
        table_result(broken="BrokenSuite: no such table"),
        table_result({"severity": "kritisk", "ok": False, "organisation": None}),
    ],
    ids=["a broken suite", "a critical fault that is nobody's"],
)
def test_a_pipeline_fault_stops_the_run(found: TableResult) -> None:
    checks, made, success = outcome(found)
    assert (checks[MUST_HOLD].passed, checks[MUST_HOLD].severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert (made, success) == (["gaps"], False)


def test_a_warning_fails_what_should_hold_and_an_info_nothing() -> None:
    checks, made, success = outcome(table_result({"severity": "varning", "ok": False}))
    assert (checks[SHOULD_HOLD].passed, checks[SHOULD_HOLD].severity) == (False, dg.AssetCheckSeverity.WARN)
    assert (made, success) == (["gaps", "published"], True)
    checks, *_ = outcome(table_result({"severity": "info", "ok": False}))
    assert checks[SHOULD_HOLD].passed


def test_the_metadata_is_a_table_of_every_expectation_with_five_places() -> None:
    here = {"severity": "varning", "ok": False, "unexpected": 4, "places": [f"fil|a.csv rad {n}" for n in range(4)]}
    checks, *_ = outcome(
        table_result(here, here | {"organisation": "jarva"}, {"severity": "info", "expectation": "annan"})
    )
    table = checks[SHOULD_HOLD].metadata["expectations"].value.splitlines()
    assert table[0].startswith("| kontroll | allvar | utfall |")
    assert table[2].startswith("| kontrollen | varning | underkänd | 20 | 8 | farsta: fil\\|a.csv rad 0; ")
    assert table[2].count(" rad ") == 5
    assert table[3].startswith("| annan | info | godkänd | 10 | 0 |")


@pytest.mark.slow
def test_listing_the_definitions_imports_no_suite_and_no_great_expectations() -> None:
    code = """
import sys
from pathlib import Path
from assets.registers.read_contracts import load_registers
from assets.validation import suites
from assets.validation.assets import validation_assets
from assets.warehouse.models import grains, load_models
registers = load_registers(Path("assets/registers"))
[checks] = validation_assets(suites.tables(registers, grains(load_models(Path("sql")))), lambda run: [])
names = {spec.name for spec in checks.check_specs}
assert names == {"must_hold", "should_hold"}, names
assert len(list(checks.check_specs)) >= 2 * (22 + 19 + 3)
assert not [name for name in sys.modules if name.startswith(("great_expectations", "pandas",
"expectations.registers"))]
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=ROOT)  # noqa: S603
