"""The warehouse of nothing: every table, made by the real models, without a delivery."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets.registers.read_contracts import load_registers
from assets.warehouse.build import build, create_tables
from assets.warehouse.models import load_models

ROOT = Path(__file__).parents[2]
MODELS = load_models(ROOT / "sql")
BASE = {table: model for table, model in MODELS.items() if model.indicator is None}
"""The models of items that a test gives by hand."""

REGISTERS = load_registers(ROOT / "assets" / "registers")


@pytest.fixture(scope="package")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """Every table, without a row: B set, no delivery. Only to be read."""
    with duckdb.connect() as con:
        con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [date(2026, 10, 31)])
        create_tables(con, REGISTERS, MODELS)
        build(con, MODELS, MODELS)
        yield con


@pytest.fixture(scope="package")
def no_indicator() -> Iterator[duckdb.DuckDBPyConnection]:
    """What models count on, made once: no indicator, and the organisations a, b and c."""
    with duckdb.connect() as con:
        create_tables(con, REGISTERS, MODELS)
        con.execute("DELETE FROM catalogue.indicators")
        con.execute("INSERT INTO intake.organisations VALUES ('a'), ('b'), ('c')")
        yield con


@pytest.fixture
def con(no_indicator: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same to fill and to build on; all that a test does is taken back after it."""
    no_indicator.execute("SET VARIABLE as_of = CAST(? AS DATE)", [date(2026, 10, 31)])
    no_indicator.execute("RESET VARIABLE nightly")
    no_indicator.begin()
    yield no_indicator
    no_indicator.rollback()
