"""Results are per organisation, with counts, and places that give away no protected person."""

from contextlib import closing

import duckdb
import polars as pl
import pytest

from assets.validation.failing_rows import BrokenSuite
from assets.validation.protected_rows import id_columns
from expectations.expectation import CRITICAL, INFO, WARNING, Expectation, Native
from tests.validation.conftest import REGISTERS
from tests.validation.gx import Gx, validate_table

pytestmark = pytest.mark.slow

ORGANISATIONS = ["farsta", "jarva", "tom"]


def results(con: duckdb.DuckDBPyConnection, table: str, check: str | Native) -> dict[str | None, dict[str, object]]:
    suite = [
        Expectation("fine", INFO, "Aldrig fel.", "Ingen.", f"SELECT NULL AS organisation FROM {table} WHERE false"),
        Expectation("rule", WARNING, "Det här är fel.", "Därför.", check),
    ]
    with closing(Gx(con)) as gx:
        found = validate_table(con, gx, table, suite, ORGANISATIONS, id_columns(table, REGISTERS))
    assert found.filter(pl.col("expectation") == "fine")["ok"].all()
    rows = found.filter(pl.col("expectation") == "rule").to_dicts()
    return {row["organisation"]: row for row in rows}


IN_SQL = (
    "SELECT each.organisation, each.delivery, each.row FROM registers.personal AS each WHERE each.franvaro IS NULL"
)


@pytest.mark.parametrize(
    "check", [IN_SQL, Native("ExpectColumnValuesToNotBeNull", {"column": "franvaro"})], ids=["SQL", "one of GX's own"]
)
def test_counts_are_each_organisations_own(con: duckdb.DuckDBPyConnection, check: str | Native) -> None:
    con.execute("DELETE FROM registers.personal WHERE organisation = 'jarva' AND row > 100")
    found = results(con, "registers.personal", check)
    query = "SELECT count(*), count_if(franvaro IS NULL) FROM registers.personal WHERE organisation = ?"
    for organisation in ("farsta", "jarva"):
        rows, unexpected = con.execute(query, [organisation]).fetchall()[0]
        assert (found[organisation]["checked"], found[organisation]["unexpected"]) == (rows, unexpected)
        assert not found[organisation]["ok"]
    assert (found["tom"]["ok"], found["tom"]["checked"], found["tom"]["unexpected"]) == (True, 0, 0)


def test_places_are_the_first_five_rows_and_no_protected_persons(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("UPDATE registers.personal SET skyddade_personuppgifter = row < 8")
    con.execute("CREATE OR REPLACE TABLE core.protected_persons AS FROM registers.personal "
                "SELECT organisation, anstallnings_id WHERE skyddade_personuppgifter")  # fmt: skip
    found = results(con, "registers.personal", "SELECT organisation, delivery, row FROM registers.personal")["farsta"]
    query = """
        SELECT delivery || ' rad ' || row FROM registers.personal
        WHERE organisation = 'farsta' AND row >= 8 ORDER BY row
    """
    assert found["places"] == [place for (place,) in con.execute(query).fetchmany(5)]
    assert found["unexpected"] == found["checked"], "they are counted all the same"


@pytest.mark.parametrize(
    ("table", "key"), [("registers.fortroendevalda", "person_id"), ("registers.utbildning", "anstallnings_id")]
)
def test_no_place_of_a_protected_persons_row_is_told_whatever_its_register_calls_the_id(
    con: duckdb.DuckDBPyConnection, table: str, key: str
) -> None:
    con.execute(f"""
        INSERT INTO core.protected_persons SELECT DISTINCT organisation, {key} FROM {table}
        WHERE organisation = 'farsta' AND {key} != (SELECT max({key}) FROM {table} WHERE organisation = 'farsta')
    """)
    found = results(con, table, f"SELECT organisation, delivery, row FROM {table}")
    query = f"""
        SELECT delivery || ' rad ' || row FROM {table} AS record ANTI JOIN core.protected_persons AS protected
            ON protected.organisation = record.organisation AND protected.anstallnings_id = record.{key}
        WHERE organisation = ? ORDER BY row, delivery
    """
    for organisation in ("farsta", "jarva"):  # the same ids are other persons' there
        places = con.execute(query, [organisation]).fetchmany(5)
        assert found[organisation]["places"] == [place for (place,) in places]
        assert found[organisation]["unexpected"] == found[organisation]["checked"]
    assert len(places) == 5


def test_a_query_may_say_its_places_in_words(con: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT organisation, 'kolumnen ' || n AS place FROM intake.organisations, range(9) AS each (n)"
    found = results(con, "registers.personal", query)
    assert found["farsta"]["places"] == [f"kolumnen {n}" for n in range(5)]
    assert found["farsta"]["unexpected"] == 9


def test_a_city_registers_faults_are_the_citys(con: duckdb.DuckDBPyConnection) -> None:
    found = results(con, "registers.utbildningskrav", "SELECT delivery, row FROM registers.utbildningskrav")
    assert list(found) == ["staden"]
    assert not found["staden"]["ok"]


def test_a_fault_of_a_table_without_organisations_is_nobodys(con: duckdb.DuckDBPyConnection) -> None:
    found = results(con, "core.review", "SELECT as_of AS day FROM core.review")
    assert list(found) == [None]
    assert (found[None]["ok"], found[None]["unexpected"]) == (False, 1)


def test_no_value_is_in_a_result(con: duckdb.DuckDBPyConnection) -> None:
    found = results(con, "registers.personal", "SELECT * FROM registers.personal")
    ids = [key for (key,) in con.execute("SELECT anstallnings_id FROM registers.personal").fetchall()]
    assert not [key for key in ids if key in str(found)]


def test_a_table_that_is_not_there_is_a_broken_suite(con: duckdb.DuckDBPyConnection) -> None:
    suite = [Expectation("rule", CRITICAL, "Fel.", "Ingen.", "SELECT 1 AS one")]
    with closing(Gx(con)) as gx, pytest.raises(BrokenSuite, match=r"registers\.nobody"):
        validate_table(con, gx, "registers.nobody", suite, ORGANISATIONS, ())
