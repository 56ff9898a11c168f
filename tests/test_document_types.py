"""The ten types of governing document stand in a core table and in the contract of styrdokument: they agree."""

from pathlib import Path

import duckdb

from assets.registers.read_contracts import load_registers
from assets.warehouse.models import load_models

ROOT = Path(__file__).parents[1]


def test_required_types_are_the_values_of_the_contract() -> None:
    contract = load_registers(ROOT / "assets" / "registers")["styrdokument"].by_name["Typ"].values
    types = duckdb.sql(load_models(ROOT / "sql")["core.document_types"].query).fetchall()
    assert sorted(types) == sorted((value,) for value in contract)
