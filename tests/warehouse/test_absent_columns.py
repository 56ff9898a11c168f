"""What a source doesn't have: each figure that hangs on the column is ej mätbar there, and says so."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets.warehouse.build import build, rebuild
from tests.warehouse.conftest import BASE, MODELS, REGISTERS
from tests.warehouse.deliveries import Deliveries
from tests.warehouse.toy_indicator import add, define

pytestmark = pytest.mark.slow


def lacks(con: duckdb.DuckDBPyConnection, organisation: str, register: str, *columns: str) -> None:
    con.execute(
        "INSERT INTO intake.deliveries BY NAME SELECT ? AS organisation, ? AS register, ? AS absent, "
        "'i kraft' AS status",
        [organisation, register, list(columns)],
    )


def reasons(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str | None, str | None]]:
    build(con, BASE, ["marts.indicator_values"])
    query = "SELECT organisation, state, reason_code, reason FROM marts.indicator_values WHERE level != 'unit'"
    return {organisation: tuple(rest) for organisation, *rest in con.execute(query).fetchall()}


@pytest.fixture
def toy(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """X-01 needs enheter and the city's utbildningskrav, and hangs on three of their columns."""
    define(con, needs=("utbildningskrav", "enheter"))
    con.execute("DELETE FROM catalogue.deciding_columns")
    con.execute(
        "INSERT INTO catalogue.deciding_columns VALUES ('X-01', 'enheter', 'Typ', 2), "
        "('X-01', 'enheter', 'Aktiv', 1), ('X-01', 'utbildningskrav', 'Kurs', 2)"
    )
    for organisation in "abc":
        con.execute(
            "INSERT INTO intake.coverage SELECT ?, unnest(['enheter', 'utbildningskrav']), DATE '2026-10-01'",
            [organisation],
        )
        add(con, organisation, 1, 1)
    return con


def test_only_where_a_source_lacks_what_the_figure_hangs_on(toy: duckdb.DuckDBPyConnection) -> None:
    lacks(toy, "a", "enheter", "Typ", "Enhetsnamn", "Aktiv")
    lacks(toy, "b", "enheter", "Enhetsnamn")
    lacks(toy, "b", "personal", "Roll")
    found = reasons(toy)
    assert found["a"] == ("ej mätbar", "absent_columns", "källan saknar enheter.Aktiv, enheter.Typ")
    assert found["b"][1] is found["c"][1] is None
    assert found["staden"][2] == "1 av 3 ej mätbara"


def test_what_the_city_lacks_holds_for_all_and_the_needs_order_the_columns(toy: duckdb.DuckDBPyConnection) -> None:
    lacks(toy, "staden", "utbildningskrav", "Kurs")
    lacks(toy, "a", "enheter", "Typ")
    found = reasons(toy)
    assert found["a"][2] == "källan saknar utbildningskrav.Kurs, enheter.Typ"
    assert {found[organisation][2] for organisation in "bc"} == {"källan saknar utbildningskrav.Kurs"}


def test_it_is_the_last_of_rule_2(toy: duckdb.DuckDBPyConnection) -> None:
    lacks(toy, "a", "enheter", "Typ")
    toy.execute("INSERT INTO catalogue.obstacles VALUES ('X-01', 'a', 'inget krav')")
    assert reasons(toy)["a"][1] == "absent_columns"
    toy.execute("UPDATE intake.deliveries SET read = 3, quarantined = 2")
    rebuild(toy, BASE, "intake.deliveries")
    assert reasons(toy)["a"][1] == "spoiled_registers"


def test_a_replaced_delivery_lacks_nothing(toy: duckdb.DuckDBPyConnection) -> None:
    lacks(toy, "a", "enheter", "Typ")
    toy.execute("UPDATE intake.deliveries SET status = 'ersatt'")
    assert reasons(toy)["a"][1] is None


@pytest.mark.parametrize(
    ("register", "absent", "not_measurable"),
    [  # what docs/spec/sources.md is tried by, and more
        ("registerforteckning", ("Behandlingstyp, Enhet, Personuppgiftsansvarig, Överföringsgrund, System-id, "
         "DPIA-kriterier, Senast inventerad"), "DPIA-01 PM3-04 REG-01 REG-02 REG-03 REG-04 REG-05"),
        ("klassningar", "Följer upp, Krav totalt, Krav uppfyllda", "KLA-01 KLA-02 KLA-09"),
        ("personal", "Chef från", "UTB-06"),
        ("pm3_objekt", "Komponenter kartlagda", "PM3-03"),
        ("styrdokument", "Senast översedd", "INC-09 STY-01 STY-02"),
        ("pm3_system", "Objekt-id, Personuppgifter", "INC-11 PM3-02 PM3-04 PUB-01 PUB-02"),
        ("personuppgiftsincidenter", "Skäl ej anmäld, Registrerade informerade, Åtgärd klar senast, Åtgärd klar",
         "INC-04 INC-05 INC-06"),
        ("enheter", "Enhetsnamn", ""),
    ],
)  # fmt: skip
def test_which_indicators_hang_on_a_column(
    empty: duckdb.DuckDBPyConnection, register: str, absent: str, not_measurable: str
) -> None:
    found = empty.execute(
        'SELECT DISTINCT indicator FROM catalogue.deciding_columns WHERE register = ? AND list_contains(?, "column")',
        [register, absent.split(", ")],
    ).fetchall()
    assert sorted(indicator for (indicator,) in found) == not_measurable.split()


def test_from_the_delivery_to_the_figure(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path)
    row = {
        "Objekt-id": "O1", "Objekt": "o", "Objektägare verksamhet": "A1", "Förvaltningsplan": "",
        "Förvaltningsmodell": "pm3",
    }  # fmt: skip
    known = {name: text for name, text in row.items() if name in REGISTERS["pm3_objekt"].by_name}
    delivered.deliver("pm3_objekt", [known], source="bok", absent=["Komponenter kartlagda"])
    delivered.deliver("pm3_objekt", [known], organisation="jarva", name="b.csv")
    con = delivered.loaded(date(2026, 11, 10), MODELS)
    build(con, MODELS, ["marts.indicator_values"])
    query = "SELECT organisation, reason FROM marts.indicator_values WHERE indicator = 'PM3-03' AND level != 'unit'"
    found = dict(con.execute(query).fetchall())
    assert found["farsta"] == "källan saknar pm3_objekt.Komponenter kartlagda"
    assert "källan saknar" not in (found["jarva"] or "")
