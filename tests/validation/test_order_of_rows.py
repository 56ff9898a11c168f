"""A night's figures and findings are the same in whatever order the warehouse holds what was delivered."""

import shutil
from pathlib import Path

import duckdb
import pytest

from assets.settings import Settings
from assets.validation.validate import validate
from assets.warehouse.build import build, tables_in
from assets.warehouse.models import grains
from pipelines.demo import AS_OF
from tests.validation.conftest import MODELS, REGISTERS, a_run
from tests.warehouse.turning import turn

pytestmark = pytest.mark.slow


def held(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The tables that no model makes, and that hold more than the product's own words."""
    return {table for table in tables_in(con) - MODELS.keys() if not table.startswith("catalogue.")}


def test_no_model_and_no_check_follows_the_order_of_rows(data: Path, settings: Settings, tmp_path: Path) -> None:
    own, other = data / "run" / "warehouse.duckdb", tmp_path / "turned.duckdb"
    shutil.copy(own, other)
    with duckdb.connect(other) as con:
        con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [AS_OF])
        con.execute("SET VARIABLE nightly = true")
        turn(con, held(con))
        for table in MODELS:
            con.execute(f"DROP TABLE {table}")
        con.execute("DELETE FROM catalogue.items")
        con.execute("DELETE FROM catalogue.obstacles")
        build(con, MODELS, MODELS)
        turn(con, MODELS)
        validate(con, a_run(data, "review"), settings, REGISTERS, grains(MODELS))
    with duckdb.connect(own) as con:
        con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [AS_OF])
        validate(con, a_run(data, "review"), settings, REGISTERS, grains(MODELS))
        con.execute(f"ATTACH '{other}' AS turned (READ_ONLY)")
        differing = {
            table: con.execute(f"FROM {table} EXCEPT ALL FROM turned.{table}").fetchone()
            for table in [*MODELS, "validation.results"]
        }
    assert {table: row for table, row in differing.items() if row} == {}
