"""What a contract says of forms, words and numbers is asked of the landed table too, in Great Expectations' own
words."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from assets.registers.contract import Register
from assets.registers.landed import landed_fields
from expectations.by_contract import by_contract
from expectations.expectation import CRITICAL, Native
from tests.intake.contracts import contract, taken_in
from tests.validation.gx import Gx, native

pytestmark = pytest.mark.slow

COLUMNS = r"""
Kod = { type = "code", pattern = "[A-ZÅÄÖ]{2}\\d{2}|\\w+/\\d" }
Andel = { type = "number", min = 0.1, max = 99.9 }
Status = { type = "enum", values = ["Klar"], also_values = { Klar = ["Färdig"] } }
"""
EXPECTED_NAMES = {"kod_enligt_monster", "andel_inom_kontraktet", "status_i_listan"}


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return contract(tmp_path, COLUMNS)


@pytest.fixture
def con(tmp_path: Path, register: Register) -> Iterator[duckdb.DuckDBPyConnection]:
    """What has landed of cells at the contract's edges."""
    content = "Id;Kod;Andel;Status\n1;ÅÄ12;0,1;färdig\n2;åé/1;99,9;KLAR\n3;AB1;0,05;Nej\n4;;;\n"
    found = taken_in(tmp_path, register, content)
    assert (found.valid.height, found.dropped_cells) == (4, 3)
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA registers")
        fields = ", ".join(f"{name} {kind}" for name, kind in landed_fields(register).items())
        con.execute(f"CREATE TABLE registers.prov (organisation VARCHAR, delivery VARCHAR, row INTEGER, {fields})")
        found.valid.write_parquet(tmp_path / "rows.parquet")
        rows = con.read_parquet(str(tmp_path / "rows.parquet"))
        con.execute("INSERT INTO registers.prov BY NAME SELECT *, 'farsta' AS organisation FROM rows")
        assert rows.columns == ["row", *landed_fields(register)]
        yield con


def failed(con: duckdb.DuckDBPyConnection, register: Register) -> set[str]:
    natives = [
        expectation
        for expectation in by_contract(register, {"prov": register})
        if isinstance(expectation.check, Native)
    ]
    assert {expectation.name for expectation in natives if expectation.severity == CRITICAL} >= EXPECTED_NAMES
    with closing(Gx(con)) as gx:
        checks = {
            expectation.name: native(expectation.check)
            for expectation in natives
            if isinstance(expectation.check, Native)
        }
        results = gx.validate("registers.prov", checks, ("organisation", "delivery", "row"))
    return {name for name, result in results.items() if not result.success}


def test_what_intake_lets_through_is_as_expected(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    assert failed(con, register) == set()
    assert con.sql("FROM registers.prov SELECT andel").fetchall()[0] == (Decimal("0.1"),)


@pytest.mark.parametrize(
    ("spoiled", "name"),
    [
        ("kod = 'AB1'", "kod_enligt_monster"),
        ("kod = 'XAB12'", "kod_enligt_monster"),
        ("andel = 0.099999", "andel_inom_kontraktet"),
        ("andel = 99.900001", "andel_inom_kontraktet"),
        ("status = 'Färdig'", "status_i_listan"),
    ],
)
def test_what_it_should_not_have_let_through_is_found(
    con: duckdb.DuckDBPyConnection, register: Register, spoiled: str, name: str
) -> None:
    con.execute(f"UPDATE registers.prov SET {spoiled} WHERE id = '1'")
    assert failed(con, register) == {name}
