"""Why a figure has no value, as columns: their code, their numbers and lists, and the words made of them alone."""

import re
from datetime import date

import duckdb
import pytest

from assets.registers.vocabulary import ReasonCode
from assets.sql_files import StepFailed
from assets.warehouse.build import build, rebuild
from tests.warehouse.conftest import BASE, MODELS
from tests.warehouse.toy_indicator import add, define

pytestmark = pytest.mark.slow

Reason = tuple[object, ...]
NOTHING: Reason = (None, None, None, None, None, None)


def reasons(con: duckdb.DuckDBPyConnection) -> dict[str, Reason]:
    """Organisation → code, what it concerns, and the city's numbers: of all, not measurable, blocked; the words."""
    build(con, BASE, ["marts.indicator_values"])
    rows = con.execute(
        """SELECT organisation, reason_code, concerns, organisations, not_measurable, blocked, reason
        FROM marts.indicator_values WHERE level != 'unit'"""
    ).fetchall()
    return {row[0]: row[1:] for row in rows}


def test_before_its_first_day(con: duckdb.DuckDBPyConnection) -> None:
    define(con, first_day=date(2026, 11, 1), needs=("personal",))
    found = reasons(con)
    assert found["a"] == ("before_first_day", None, None, None, None, "före 2026-11-01")
    assert found["staden"] == ("before_first_day", None, 3, 0, 0, "före 2026-11-01")


def test_missing_registers_are_a_list_in_their_order(con: duckdb.DuckDBPyConnection) -> None:
    define(con, needs=("utbildning", "enheter", "personal"))
    con.execute("INSERT INTO intake.coverage VALUES ('a', 'enheter', DATE '2026-01-01')")
    found = reasons(con)
    assert found["a"][:2] == ("missing_registers", ["utbildning", "personal"])
    assert found["b"][:2] == ("missing_registers", ["utbildning", "enheter", "personal"])
    assert found["staden"] == ("organisations_left_out", None, 3, 3, 0, "3 av 3 ej mätbara")


def test_obstacles_have_codes_of_their_own(con: duckdb.DuckDBPyConnection) -> None:
    define(con)
    con.execute(
        "INSERT INTO catalogue.obstacles VALUES ('X-01', 'a', 'massregistrering'), ('X-01', 'a', 'inget krav'), "
        "('X-01', 'b', 'massregistrering')"
    )
    add(con, "c", 1, 0)
    found = reasons(con)
    assert found["a"][0] == "no_requirement"
    assert found["b"][0] == "bulk_registration"
    assert found["c"] == NOTHING


def test_an_obstacle_without_a_rule_lets_no_figure_through(con: duckdb.DuckDBPyConnection) -> None:
    define(con)
    con.execute("INSERT INTO catalogue.obstacles VALUES ('X-01', 'a', 'något nytt')")
    add(con, "a", 1, 0)
    with pytest.raises(StepFailed, match=r"marts\.measurability: Invalid Input Error"):
        reasons(con)


def test_every_obstacle_in_the_sql_has_a_rule() -> None:
    yielded = {
        obstacle for model in MODELS.values() for obstacle in re.findall(r"'([^']*)' as obstacle\b", model.query)
    }
    assert yielded
    assert all(f"'{obstacle}'" in MODELS["marts.measurability"].query for obstacle in yielded), yielded


@pytest.mark.parametrize("code", ReasonCode)
def test_every_code_has_words(code: ReasonCode) -> None:
    assert f"when '{code}' then" in MODELS["marts.indicator_values"].query


def test_no_code_is_unknown_to_the_vocabulary() -> None:
    named = re.findall(r"when '([a-z]+(?:_[a-z]+)+)' then", MODELS["marts.indicator_values"].query)
    assert set(named) == set(ReasonCode)


def test_nothing_in_scope_and_nothing_measured(con: duckdb.DuckDBPyConnection) -> None:
    define(con)
    add(con, "b", 0, 0, not_measured=2)
    found = reasons(con)
    assert (found["a"][0], found["b"][0]) == ("nothing_in_scope", "nothing_measured")


def test_the_city_counts_who_it_leaves_out_also_where_somebody_is_blocked(con: duckdb.DuckDBPyConnection) -> None:
    define(con)
    for organisation in "abc":
        add(con, organisation, 1, 1)
    assert reasons(con)["staden"] == (None, None, 3, 0, 0, None)
    con.execute("INSERT INTO validation.blocked VALUES ('c')")
    con.execute("INSERT INTO catalogue.obstacles VALUES ('X-01', 'b', 'massregistrering')")
    rebuild(con, BASE, "validation.blocked")
    rebuild(con, BASE, "catalogue.obstacles")
    assert reasons(con)["staden"] == (
        "organisations_left_out", None, 3, 1, 1, "1 av 3 ej mätbara, 1 av 3 blockerade",
    )  # fmt: skip
