"""marts.register_status: deliveries as they stand → how it is with each register of the level."""

import duckdb
import pytest

from assets.registers.adjusted import with_late_days
from assets.registers.read_contracts import load_registers
from assets.settings import DEFAULT_LATE_AFTER_DAYS, Settings
from assets.warehouse.build import build
from assets.warehouse.load import register_row
from tests.warehouse.conftest import MODELS, REGISTERS, ROOT

pytestmark = pytest.mark.slow

B = "2026-10-31"
Delivery = tuple[str, str | None, str | None]


@pytest.fixture
def con(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Two organisations and two registers: one of theirs, one of the city's."""
    con.execute("DELETE FROM intake.organisations WHERE organisation = 'c'")
    con.execute(
        "INSERT INTO intake.registers VALUES ('personal', 'organisation', true, 'personalregistret', 45, [], []), "
        "('utbildningskrav', 'city', false, 'utbildningskraven', 45, [], [])"
    )
    return con


def status(con: duckdb.DuckDBPyConnection, *deliveries: Delivery) -> tuple[object, ...]:
    """Of a's personnel register, by its deliveries in time: their status, delivered, confirmed."""
    for position, (state, delivered, confirmed) in enumerate(deliveries):
        con.execute(
            "INSERT INTO intake.deliveries BY NAME SELECT 'a' AS organisation, 'personal' AS register, "
            "? AS status, CAST(? AS DATE) AS delivered, CAST(? AS DATE) AS confirmed, ? AS position, "
            "if(status = 'avvisad', 'rubriker saknas', NULL) AS reason, 'fil_' || position || '.csv' AS name",
            [state, delivered, confirmed, position],
        )
    build(con, MODELS, ["marts.register_status"])
    row = con.execute(
        "SELECT status, is_late, age, reason FROM marts.register_status WHERE organisation = 'a'"
    ).fetchone()
    assert row
    return row


@pytest.mark.parametrize(
    ("quarantined", "reason"), [(1, "1 rad av 100 i karantän"), (3, "3 rader av 100 i karantän")]
)
def test_rows_in_quarantine_are_a_remark(con: duckdb.DuckDBPyConnection, quarantined: int, reason: str) -> None:
    con.execute(
        "INSERT INTO intake.deliveries BY NAME SELECT 'a' AS organisation, 'personal' AS register, "
        "'i kraft' AS status, CAST(? AS DATE) AS delivered, 0 AS position, 'x.csv' AS name, "
        "100 AS read, ? AS quarantined",
        [B, quarantined],
    )
    assert status(con) == ("i kraft med anmärkning", False, 0, reason)


def test_rows_in_quarantine_are_told_of_what_is_late_too(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "INSERT INTO intake.deliveries BY NAME SELECT 'a' AS organisation, 'personal' AS register, "
        "'i kraft' AS status, DATE '2026-01-01' AS delivered, 0 AS position, 'x.csv' AS name, "
        "100 AS read, 3 AS quarantined"
    )
    assert status(con)[0::3] == ("sen", "äldre än 45 dagar; 3 rader av 100 i karantän")
    assert con.execute("SELECT sum(quarantined) FROM marts.register_status").fetchall() == [(3,)]


@pytest.mark.parametrize(
    ("deliveries", "expected"),
    [
        ([], ("saknas", False, None, "ingen leverans gäller")),
        ([("saknas", None, None)], ("saknas", False, None, "ingen leverans gäller")),
        ([("framtida", "2026-12-01", None)], ("saknas", False, None, "ingen leverans gäller")),
        ([("i kraft", "2026-10-30", None)], ("i kraft", False, 1, None)),
        ([("i kraft", "2026-09-16", None)], ("i kraft", False, 45, None)),
        ([("i kraft", "2026-09-15", None)], ("sen", True, 46, "äldre än 45 dagar")),
        ([("i kraft", "2026-01-01", "2026-10-31")], ("i kraft", False, 0, None)),
        ([("i kraft", "2026-01-01", None), ("i kraft", "2026-10-01", None)], ("i kraft", False, 30, None)),
        ([("ersatt", "2026-10-01", None), ("i kraft", "2026-10-02", None)], ("i kraft", False, 29, None)),
        ([("avvisad", None, None)], ("saknas", False, None, "avvisad: fil_0.csv: rubriker saknas")),
        ([("avvisad", "2026-10-01", None), ("i kraft", "2026-10-02", None)], ("i kraft", False, 29, None)),
        (
            [("i kraft", "2026-10-02", None), ("avvisad", "2026-10-02", None)],
            ("avvisad", False, 29, "fil_1.csv: rubriker saknas; den förra leveransen gäller"),
        ),
        (
            [("i kraft", "2026-01-01", None), ("avvisad", "2026-10-01", None), ("avvisad", "2026-10-02", None)],
            ("avvisad", True, 303, "fil_2.csv: rubriker saknas; den förra leveransen gäller"),
        ),
        ([("avvisad", None, None), ("i kraft", "2026-10-02", None)], ("i kraft", False, 29, None)),
        ([("avvisad", "2026-10-02", None), ("i kraft", "2026-10-02", None)], ("i kraft", False, 29, None)),
        (
            [("i kraft", "2026-10-01", None), ("avvisad", "2026-10-02", None), ("upprepad", "2026-10-02", None)],
            ("i kraft", False, 30, None),
        ),
        ([("i kraft", "2026-10-01", "2026-10-03"), ("avvisad", "2026-10-02", None)], ("i kraft", False, 28, None)),
        (
            [("i kraft", "2026-10-01", "2026-10-02"), ("avvisad", "2026-10-02", None)],
            ("avvisad", False, 29, "fil_1.csv: rubriker saknas; den förra leveransen gäller"),
        ),
        (
            [
                ("avvisad", "2026-10-02", None),
                ("i kraft", "2026-10-02", None),
                ("avvisad", "2026-10-02", None),
                ("framtida", "2026-12-01", None),
            ],
            ("avvisad", False, 29, "fil_2.csv: rubriker saknas; den förra leveransen gäller"),
        ),
    ],
)
def test_how_it_stands(
    con: duckdb.DuckDBPyConnection, deliveries: list[Delivery], expected: tuple[object, ...]
) -> None:
    assert status(con, *deliveries) == expected


def test_what_is_told_of_a_refusal_is_of_one_file(con: duckdb.DuckDBPyConnection) -> None:
    """The last in time, also where it has less to tell than an earlier one."""
    con.execute(
        "INSERT INTO intake.deliveries BY NAME FROM (VALUES "
        "('ny.csv', DATE '2026-10-30', 'filen är tom', 2), ('nyast.csv', DATE '2026-10-30', NULL, 3), "
        "('gammal.csv', DATE '2026-10-01', 'filen är tom', 1)) AS refused (name, delivered, reason, position) "
        "SELECT *, 'a' AS organisation, 'personal' AS register, 'avvisad' AS status"
    )
    assert status(con, ("i kraft", "2026-10-02", None))[0] == "avvisad"
    told = con.execute("SELECT refused, refusal FROM marts.register_status WHERE organisation = 'a'")
    assert told.fetchall() == [("nyast.csv", None)]


def test_every_register_of_the_level_and_no_other(con: duckdb.DuckDBPyConnection) -> None:
    status(con)
    places = con.execute("SELECT organisation, register FROM marts.register_status ORDER BY ALL").fetchall()
    assert places == [("a", "personal"), ("b", "personal"), ("staden", "utbildningskrav")]


def test_late_is_as_the_register_has_it(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("UPDATE intake.registers SET late_after = 1 WHERE register = 'personal'")
    assert status(con, ("i kraft", "2026-10-29", None)) == ("sen", True, 2, "äldre än 1 dag")


def test_the_installation_overrides_the_contract() -> None:
    own = with_late_days(REGISTERS, {"personal": 10})
    assert own["personal"].late_after == 10
    assert own["enheter"].late_after == DEFAULT_LATE_AFTER_DAYS
    assert REGISTERS["personal"].late_after == DEFAULT_LATE_AFTER_DAYS
    assert own["personal"].version == REGISTERS["personal"].version, "when it is late doesn't change how it is read"
    assert register_row(own["personal"]) == ("personal", "organisation", True, "personalregistret", 10, [], [])
    assert load_registers(Settings(data=ROOT, inbox=ROOT, config=ROOT).registers) == REGISTERS
