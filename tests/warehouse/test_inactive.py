"""What isn't asked: switched off by the installation, or of registers that an organisation doesn't deliver so far."""

from collections.abc import Iterator, Mapping
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.registers.adjusted import with_lists
from assets.warehouse.build import build, create_tables, rebuild
from assets.warehouse.load import fill_registers
from tests.warehouse.conftest import BASE, MODELS, REGISTERS
from tests.warehouse.toy_indicator import add, define

pytestmark = pytest.mark.slow

"""The models without the indicators, whose items are laid in by hand."""

CITY = {name for name, register in REGISTERS.items() if register.level == "city"}
OWN = set(REGISTERS) - CITY


def use(con: duckdb.DuckDBPyConnection, lists: Mapping[str, list[str]], covered: list[tuple[str, str]] = []) -> None:  # noqa: B006
    fill_registers(con, with_lists(REGISTERS, lists))
    for organisation, register in covered:
        con.execute("INSERT INTO intake.coverage VALUES (?, ?, DATE '2026-10-01')", [organisation, register])


def unused(con: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    build(con, BASE, ["core.unused_registers"])
    found: dict[str, set[str]] = {}
    for organisation, register in con.execute("FROM core.unused_registers").fetchall():
        found.setdefault(organisation, set()).add(register)
    return found


@pytest.mark.parametrize(
    ("lists", "covered", "expected"),
    [
        ({}, [], {}),
        ({"a": ["personal"]}, [], {"a": OWN - {"personal"} | CITY}),
        ({"a": []}, [("a", "personal")], {"a": OWN | CITY}),
        ({"a": ["personal"]}, [("a", "utbildningskrav")], {"a": OWN - {"personal"} | CITY - {"utbildningskrav"}}),
        ({"a": [*OWN, *CITY]}, [], {}),
        ({"staden": ["utbildningskrav"]}, [], dict.fromkeys(("a", "b", "c", "staden"), CITY - {"utbildningskrav"})),
        (
            {"staden": [], "a": [*OWN, "utbildningskrav"]},
            [("b", "utbildningskrav")],
            {"a": CITY - {"utbildningskrav"}} | dict.fromkeys(("b", "c", "staden"), CITY),
        ),
    ],
    ids=[
        "no list: all", "what isn't named", "delivered all the same", "the city's, delivered", "all named",
        "the city's own list", "the city's, named by one",
    ],
)  # fmt: skip
def test_which_registers_are_not_used(con, lists, covered, expected) -> None:
    use(con, lists, covered)
    assert unused(con) == expected


def values(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[object, ...]]:
    build(con, BASE, ["marts.indicator_values"])
    rows = con.execute(
        """SELECT organisation, numerator, state, reason, concerns FROM marts.indicator_values
        WHERE level != 'unit' AND indicator = 'X-01'"""
    )
    return {row[0]: row[1:] for row in rows.fetchall()}


def test_what_is_switched_off_has_its_reason_and_no_figure_anywhere(con) -> None:
    define(con, first_day=date(2027, 1, 1), needs=("personal",))
    add(con, "a", 3, 1, unit="U")
    con.execute("UPDATE catalogue.indicators SET off = 'görs av andra'")
    off = (None, "mäts inte här", "görs av andra", None)
    assert values(con) == dict.fromkeys(("a", "b", "c", "staden"), off)
    assert con.execute("SELECT count(*) FROM marts.indicator_values WHERE level = 'unit'").fetchone() == (0,)


def test_what_needs_unused_registers_is_not_asked_and_not_missing(con) -> None:
    define(con, needs=("personal", "risker"))
    use(con, {"a": ["personal"], "b": ["risker"]}, [("c", "personal"), ("c", "risker")])
    for organisation in "abc":
        add(con, organisation, 3, 1)
    found = values(con)
    assert found["a"] == (None, "mäts inte ännu", "används inte: risker", ["risker"])
    assert found["b"] == (None, "mäts inte ännu", "används inte: personal", ["personal"])
    assert found["c"] == (3, "gul", None, None)
    assert found["staden"] == (3, "gul", "1 av 3 deltar", None)
    con.execute("DELETE FROM intake.coverage")
    rebuild(con, BASE, "intake.coverage")
    found = values(con)
    assert found["c"] == (None, "ej mätbar", "underlag saknas: personal, risker", ["personal", "risker"])
    assert found["staden"] == (None, "ej mätbar", "1 av 3 deltar, 1 av 1 ej mätbara", None)


def test_where_nobody_takes_part_the_city_says_what_would_be_needed(con) -> None:
    define(con, needs=("risker", "personal"))
    use(con, {"a": ["personal"], "b": [], "c": ["personal"]})
    assert values(con)["staden"] == (None, "mäts inte ännu", "används inte: risker, personal", ["risker", "personal"])


def test_who_is_blocked_and_not_asked_only_takes_no_part(con) -> None:
    define(con, needs=("personal",))
    use(con, {"a": []}, [("b", "personal"), ("c", "personal")])
    con.execute("INSERT INTO validation.blocked VALUES ('a'), ('b')")
    add(con, "c", 4, 0)
    assert values(con)["staden"] == (4, "grön", "2 av 3 deltar, 1 av 2 blockerade", None)


@pytest.fixture(scope="module")
def shared() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [date(2026, 10, 31)])
        create_tables(con, REGISTERS, MODELS)
        con.execute("INSERT INTO intake.organisations VALUES ('a'), ('b')")
        use(con, {"b": ["personal", "risker", "styrdokument"]})
        build(con, BASE, ["marts.indicator_values"])
        yield con


IDENTS = sorted(model.indicator_id for model in MODELS.values() if model.indicator)


@settings(max_examples=12)
@given(
    off=st.sets(st.sampled_from(IDENTS), min_size=1, max_size=6),
    covered=st.sets(st.tuples(st.sampled_from("ab"), st.sampled_from(sorted(REGISTERS)))),
    items=st.sets(
        st.tuples(st.sampled_from(IDENTS), st.sampled_from("ab"), st.integers(0, 9), st.sampled_from("YNM")),
        max_size=60,
    ),
)  # fmt: skip
def test_turning_indicators_off_changes_no_other_figure(shared, off, covered, items) -> None:
    shared.execute("DELETE FROM intake.coverage; DELETE FROM catalogue.items")
    for organisation, register in sorted(covered):
        shared.execute("INSERT INTO intake.coverage VALUES (?, ?, DATE '2026-10-01')", [organisation, register])
    for ident, organisation, number, outcome in sorted(items):
        shared.execute(
            """INSERT INTO catalogue.items BY NAME SELECT ? AS indicator, ? AS organisation, ? AS key, ? AS ok,
            ? AS numerator, 1 AS denominator, ? AS measured, false AS protected""",
            [ident, organisation, f"{number}{outcome}", {"Y": True, "N": False}.get(outcome),
             int(outcome == "Y"), outcome != "M"],
        )  # fmt: skip
    assert figures_with(shared, set(), outside=off) == figures_with(shared, off, outside=off)
    states = shared.execute("SELECT DISTINCT state FROM marts.indicator_values WHERE indicator IN ?", [sorted(off)])
    assert states.fetchall() == [("mäts inte här",)]


def figures_with(con: duckdb.DuckDBPyConnection, off: set[str], outside: set[str]) -> list[tuple[object, ...]]:
    """Every figure, but for those of `outside`, where the indicators in `off` are switched off."""
    con.execute("UPDATE catalogue.indicators SET off = if(indicator IN ?, 'av skäl', NULL)", [sorted(off)])
    rebuild(con, BASE, "catalogue.indicators", "intake.coverage", "catalogue.items")
    query = "FROM marts.indicator_values WHERE indicator NOT IN ? ORDER BY ALL"
    return con.execute(query, [sorted(outside)]).fetchall()
