"""What may not be shown lands as a keyed hash, and nothing that people read shows the hash."""

from pathlib import Path

import duckdb
import pytest

from assets.registers.shapes import ITEM
from assets.validation.suites import suite
from assets.warehouse.build import build
from assets.warehouse.models import grains
from tests.warehouse.conftest import MODELS, REGISTERS
from tests.warehouse.deliveries import Deliveries
from tests.warehouse.test_lookups import incident
from tests.warehouse.toy_indicator import define

pytestmark = pytest.mark.slow

ONE, TWO = (f"hash:{digit * 64}" for digit in "0a")


def test_items_and_gaps_hide_it_and_still_tell_two_from_each_other(con: duckdb.DuckDBPyConnection) -> None:
    define(con)
    for key in (f"{ONE} / K1", f"{TWO} / K1", "A1 / K1"):
        item = dict.fromkeys(ITEM) | {
            "organisation": "a", "key": key, "unit": TWO, "label": f"av {ONE}", "reason": f"{TWO}, {ONE}",
            "ok": False, "numerator": 0, "denominator": 1, "measured": True, "protected": False,
        }  # fmt: skip
        con.execute(f"INSERT INTO catalogue.items VALUES ('X-01', {', '.join('?' * len(item))})", list(item.values()))
    build(con, MODELS, ["marts.gaps", "marts.indicator_items", "marts.gap_lifecycle"])
    for table in ("marts.gaps", "marts.indicator_items", "marts.gap_lifecycle"):
        keys = con.execute(f"SELECT key FROM {table} ORDER BY ALL").fetchall()
        assert keys == [("A1 / K1",), ("[visas inte] / K1",), ("[visas inte] / K1",)]
    gaps = con.execute("SELECT DISTINCT id FROM marts.gaps").fetchall()
    assert len(gaps) == 3
    numbers = con.execute("SELECT key, protected_number FROM marts.indicator_items ORDER BY ALL").fetchall()
    assert numbers == [("A1 / K1", None), ("[visas inte] / K1", 1), ("[visas inte] / K1", 2)]


def test_two_addresses_as_ids_are_two_items_to_the_checks(tmp_path: Path) -> None:
    """All hidden keys read alike; a check that took them for one item would block the organisation every night."""
    delivered = Deliveries(tmp_path)
    members = [
        {"Person-id": f"kim.{name}@exempel.se", "Uppdrag": "Ledamot", "Från": "2023-01-01"} for name in ("ett", "tva")
    ]
    delivered.deliver("fortroendevalda", members)
    course = {"Kurskod": "C", "Kurs": "C", "Ämne": "Båda", "Avsnitt": "1", "Målgrupp": "Ledning", "Form": "Enskild"}
    delivered.deliver("utbildningskrav", [course | {"Släpps": "2024-01-01"}])
    delivered.deliver("utbildning", [{"Anställnings-id": "A1", "Kurskod": "C", "Avsnitt": "1", "Status": "Påbörjad"}])
    con = delivered.loaded(models=MODELS)
    build(con, MODELS, ["marts.indicator_items", "marts.gaps"])
    keys = con.execute("SELECT key FROM marts.indicator_items WHERE indicator = 'UTB-10'").fetchall()
    assert keys == [("[visas inte]",)] * 2
    for table in ("marts.indicator_items", "marts.gaps"):
        for expectation in suite(table, REGISTERS, grains(MODELS)):
            assert isinstance(expectation.check, str)
            assert con.execute(expectation.check).fetchall() == [], expectation.name


def test_an_address_in_the_units_column_is_no_unit_that_anybody_sees(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path)
    delivered.deliver("personuppgiftsincidenter", [incident("P1", "kim.test@exempel.se"), incident("P2", "E1")])
    con = delivered.loaded(models=MODELS)
    build(con, MODELS, ["marts.indicator_items"])
    units = con.execute("SELECT key, unit FROM marts.indicator_items WHERE indicator = 'INC-01' ORDER BY ALL")
    assert units.fetchall() == [("P1", "[visas inte]"), ("P2", "E1")]
