"""The state of a figure and the roll-up: the real marts on items given by hand (docs/spec/indicators.md, State
of a figure)."""

from datetime import date

import duckdb
import pytest

from assets.warehouse.build import build, rebuild
from tests.warehouse.conftest import BASE
from tests.warehouse.toy_indicator import add, define

pytestmark = pytest.mark.slow

Figure = tuple[object, ...]


def figures(con: duckdb.DuckDBPyConnection, level: str = "organisation") -> dict[str, Figure]:
    build(con, BASE, ["marts.indicator_values"])
    rows = con.execute(
        """SELECT coalesce(unit, organisation), numerator, denominator, CAST(value AS DOUBLE), state, reason,
        not_measured
        FROM marts.indicator_values WHERE level = ? AND indicator = 'X-01'""",
        [level],
    ).fetchall()
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize(
    ("ok", "not_ok", "target", "law", "value", "state"),
    [
        (80, 20, 80, False, 80.0, "grön"),
        (799, 201, 80, False, 79.9, "gul"),
        (7996, 2004, 80, False, 80.0, "gul"),
        (65, 35, 80, False, 65.0, "gul"),
        (649, 351, 80, False, 64.9, "röd"),
        (79, 21, 80, True, 79.0, "röd"),
        (80, 20, 80, True, 80.0, "grön"),
        (1, 7, None, False, 12.5, "information"),
        (1, 15, 100, False, 6.3, "röd"),
        (0, 3, 100, False, 0.0, "röd"),
        (2, 1, 100, False, 66.7, "röd"),
    ],
    ids=[
        "at the target", "just under", "rounds to the target, isn't it", "15 points under", "more than 15",
        "law: no yellow", "law: at the target", "no target", "6,25 is rounded up", "none", "two of three",
    ],
)  # fmt: skip
def test_a_share(con, ok: int, not_ok: int, target: int | None, law: bool, value: float, state: str) -> None:
    define(con, target=target, law=law)
    add(con, "a", ok, not_ok)
    assert figures(con)["a"] == (ok, ok + not_ok, value, state, None, 0)


@pytest.mark.parametrize(
    ("numerator", "denominator", "value"),
    [(1, 16, 6.3), (-1, 16, -6.3), (-1, 3, -33.3), (-2, 3, -66.7), (0, 3, 0.0), (-1, 2000, -0.1), (1, 2001, 0.0)],
)
def test_rounding_is_half_away_from_zero(con, numerator: int, denominator: int, value: float) -> None:
    define(con)
    con.execute(
        "INSERT INTO catalogue.items BY NAME SELECT 'X-01' AS indicator, 'a' AS organisation, 'k' AS key, "
        "false AS ok, ? AS numerator, ? AS denominator, true AS measured, false AS protected",
        [numerator, denominator],
    )
    assert figures(con)["a"][:3] == (numerator, denominator, value)


@pytest.mark.parametrize(
    ("kind", "target", "ok", "not_ok", "expected"),
    [
        ("count", None, 0, 0, (0, None, 0.0, "information", None, 0)),
        ("count", None, 3, 0, (3, None, 3.0, "information", None, 0)),
        ("count", 1, 0, 0, (0, None, 0.0, "röd", None, 0)),
        ("count", 1, 1, 0, (1, None, 1.0, "grön", None, 0)),
        ("open", 0, 0, 0, (0, None, 0.0, "grön", None, 0)),
        ("open", 0, 4, 0, (0, None, 0.0, "grön", None, 0)),
        ("open", 0, 4, 2, (2, None, 2.0, "röd", None, 0)),
    ],
)
def test_a_count_and_what_is_open(con, kind: str, target: int | None, ok: int, not_ok: int, expected: Figure) -> None:
    define(con, kind=kind, target=target)
    add(con, "a", ok, not_ok)
    assert figures(con)["a"] == expected


def test_the_first_rule_that_holds_decides(con) -> None:
    define(con, first_day=date(2026, 11, 1), needs=("personal", "utbildning"))
    con.execute("INSERT INTO catalogue.obstacles VALUES ('X-01', 'a', 'inget krav')")
    assert figures(con)["a"] == (None, None, None, "ej tillämplig", "före 2026-11-01", 0)


def test_missing_registers_are_named_in_their_order(con) -> None:
    define(con, first_day=date(2026, 10, 31), needs=("utbildning", "enheter", "personal"))
    con.execute("INSERT INTO intake.coverage VALUES ('a', 'enheter', DATE '2026-01-01')")
    con.execute("INSERT INTO catalogue.obstacles VALUES ('X-01', 'a', 'inget krav')")
    add(con, "a", 1, 0, unit="U1")
    assert figures(con)["a"] == (None, None, None, "ej mätbar", "underlag saknas: utbildning, personal", 0)
    con.execute("DROP TABLE marts.indicator_values")
    assert figures(con, "unit") == {}


def test_no_requirement_comes_before_bulk_registration(con) -> None:
    define(con)
    con.execute(
        "INSERT INTO catalogue.obstacles VALUES ('X-01', 'a', 'massregistrering'), ('X-01', 'a', 'inget krav')"
    )
    con.execute("INSERT INTO catalogue.obstacles VALUES ('X-01', 'b', 'massregistrering')")
    found = figures(con)
    assert found["a"][3:5] == ("ej tillämplig", "inget krav")
    assert found["b"][3:5] == ("ej mätbar", "massregistrering")


def test_more_than_half_in_quarantine_gives_no_figure(con) -> None:
    """Over all deliveries in force of a register that is needed; a city-level one stands for every organisation."""
    define(con, needs=("utbildning", "utbildningskrav"))
    for organisation in "abc":
        con.execute("INSERT INTO intake.coverage VALUES (?, 'utbildning', DATE '2026-01-01')", [organisation])
        con.execute("INSERT INTO intake.coverage VALUES (?, 'utbildningskrav', DATE '2026-01-01')", [organisation])
        add(con, organisation, 1, 0, unit="U1")
    con.execute("""
        INSERT INTO intake.deliveries (organisation, register, read, quarantined, status) VALUES
            ('a', 'utbildning', 10, 10, 'i kraft'), ('a', 'utbildning', 11, 1, 'i kraft'),
            ('b', 'utbildning', 10, 5, 'i kraft'), ('b', 'utbildning', 90, 90, 'ersatt'),
            ('c', 'utbildning', 0, 0, 'i kraft'), ('c', 'personal', 10, 10, 'i kraft')
    """)
    con.execute("INSERT INTO catalogue.obstacles VALUES ('X-01', 'a', 'inget krav')")
    found = figures(con)
    assert found["a"] == (None, None, None, "ej mätbar", "över hälften i karantän: utbildning", 0)
    assert (found["b"][0], found["c"][0]) == (1, 1)
    con.execute("DROP TABLE marts.indicator_values")
    assert figures(con, "city") == {"staden": (2, 2, 100.0, "grön", "1 av 3 ej mätbara", 0)}
    con.execute("DROP TABLE marts.indicator_values")
    assert set(figures(con, "unit")) == {"U1"}


def test_spoiled_registers_are_named_in_their_order_after_what_is_missing(con) -> None:
    define(con, needs=("utbildning", "utbildningskrav"))
    con.execute("""
        INSERT INTO intake.coverage VALUES ('a', 'utbildning', DATE '2026-01-01'),
            ('a', 'utbildningskrav', DATE '2026-01-01'), ('b', 'utbildningskrav', DATE '2026-01-01')
    """)
    con.execute("""
        INSERT INTO intake.deliveries (organisation, register, read, quarantined, status) VALUES
            ('staden', 'utbildningskrav', 3, 2, 'i kraft'), ('a', 'utbildning', 3, 2, 'i kraft')
    """)
    found = figures(con)
    assert found["a"][4] == "över hälften i karantän: utbildning, utbildningskrav"
    assert found["b"][4] == "underlag saknas: utbildning"


def test_bulk_registration_comes_before_ids_of_another_kind(con) -> None:
    define(con)
    con.execute("""
        INSERT INTO catalogue.obstacles VALUES ('X-01', 'a', 'okända anställnings-id'),
            ('X-01', 'a', 'massregistrering'), ('X-01', 'b', 'okända anställnings-id')
    """)
    found = figures(con)
    assert found["a"][3:5] == ("ej mätbar", "massregistrering")
    assert found["b"][3:5] == ("ej mätbar", "okända anställnings-id")


def test_nothing_in_scope_and_nothing_measured_are_told_apart(con) -> None:
    define(con)
    add(con, "b", 0, 0, not_measured=2, unit="U1")
    found = figures(con)
    assert found["a"] == (None, None, None, "ej tillämplig", "inget i omfattningen", 0)
    assert found["b"] == (None, None, None, "ej mätbar", "inga mätta", 2)
    con.execute("DROP TABLE marts.indicator_values")
    assert figures(con, "unit") == {"U1": (None, None, None, "ej mätbar", "inga mätta", 2)}


def test_protected_persons_count_for_the_organisation_alone(con) -> None:
    define(con)
    add(con, "a", 1, 1, unit="U1")
    add(con, "a", 1, 0, unit="U1", protected=True)
    add(con, "a", 0, 1, unit="U2", protected=True)
    assert figures(con)["a"][:2] == (2, 4)
    con.execute("DROP TABLE marts.indicator_values")
    assert {unit: figure[:2] for unit, figure in figures(con, "unit").items()} == {"U1": (1, 2)}


def test_the_city_sums_parts_and_wholes(con) -> None:
    define(con, target=60)
    add(con, "a", 9, 1)
    add(con, "b", 0, 5, not_measured=2)
    add(con, "c", 3, 0)
    assert figures(con, "city") == {"staden": (12, 18, 66.7, "grön", None, 2)}


def test_the_city_says_how_many_it_leaves_out(con) -> None:
    define(con)
    con.execute("INSERT INTO catalogue.obstacles VALUES ('X-01', 'b', 'massregistrering')")
    add(con, "a", 1, 1)
    add(con, "b", 5, 0)
    assert figures(con, "city") == {"staden": (1, 2, 50.0, "röd", "1 av 3 ej mätbara", 0)}


def test_the_city_is_not_measurable_where_nobody_is(con) -> None:
    define(con, needs=("personal",))
    assert figures(con, "city") == {"staden": (None, None, None, "ej mätbar", "3 av 3 ej mätbara", 0)}


def test_a_minimum_says_nothing_of_the_city(con) -> None:
    define(con, kind="count", target=1)
    add(con, "a", 1, 0)
    assert figures(con, "city") == {"staden": (1, None, 1.0, "information", None, 0)}


def test_not_measured_by_items_is_no_reason_to_be_left_out(con) -> None:
    define(con)
    add(con, "a", 0, 0, not_measured=3)
    add(con, "b", 1, 0)
    assert figures(con, "city") == {"staden": (1, 1, 100.0, "grön", None, 3)}


def test_the_city_leaves_out_who_is_blocked_and_says_so(con) -> None:
    define(con)
    add(con, "a", 1, 1)
    add(con, "b", 5, 0)
    add(con, "c", 0, 3)
    assert figures(con, "city") == {"staden": (6, 10, 60.0, "röd", None, 0)}
    con.execute("INSERT INTO validation.blocked VALUES ('c')")
    con.execute("INSERT INTO catalogue.obstacles VALUES ('X-01', 'b', 'massregistrering')")
    rebuild(con, BASE, "validation.blocked")
    rebuild(con, BASE, "catalogue.obstacles")
    assert figures(con, "city") == {"staden": (1, 2, 50.0, "röd", "1 av 3 ej mätbara, 1 av 3 blockerade", 0)}
