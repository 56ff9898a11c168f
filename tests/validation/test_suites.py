"""The suites: complete, well-formed, quiet where nothing is wrong, and each finding what it is there to find."""

import re
from pathlib import Path

import duckdb
import pytest

from assets.settings import Settings
from assets.validation import suites
from assets.warehouse.models import grains
from expectations.expectation import CRITICAL, INFO, WARNING
from tests.validation.conftest import MODELS, REGISTERS, ROOT, failed

pytestmark = pytest.mark.slow

GRAINS = grains(MODELS)
TABLES = suites.tables(REGISTERS, GRAINS)


def test_every_register_and_every_core_table_has_a_suite_and_every_module_its_table() -> None:
    assert {f"registers.{name}" for name in REGISTERS} <= {*TABLES}
    assert {model.table for model in MODELS.values() if model.schema_name == "core"} <= {*TABLES}
    assert {"marts.indicator_items", "marts.indicator_values", "marts.gaps"} <= {*TABLES}
    assert {*TABLES} <= {f"registers.{name}" for name in REGISTERS} | MODELS.keys()
    assert {path.stem for path in _modules() if path.parent.name == "registers"} <= REGISTERS.keys()


def _modules() -> list[Path]:
    return [path for path in (ROOT / "expectations").glob("*/*.py") if path.stem != "__init__"]


@pytest.mark.parametrize("table", TABLES)
def test_every_expectation_says_what_is_wrong_and_why(table: str) -> None:
    suite = suites.suite(table, REGISTERS, GRAINS)
    assert suite, "a table of which nothing is expected has no suite"
    for expectation in suite:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", expectation.name)
        assert expectation.severity in (CRITICAL, WARNING, INFO)
        assert len(expectation.explanation) > 20, expectation.name
        assert len(expectation.reason) > 20, expectation.name
        assert "{" not in expectation.explanation + expectation.reason, expectation.name
        if isinstance(expectation.check, str):
            assert "SELECT *" not in expectation.check, expectation.name


def test_a_register_without_a_module_has_what_its_contract_tells() -> None:
    toy = REGISTERS["revision"].model_copy(update={"name": "nycklar"})
    names = {
        expectation.name for expectation in suites.suite("registers.nycklar", REGISTERS | {"nycklar": toy}, GRAINS)
    }
    assert {"en_rad_per_nyckel", "inlast_som_kvitterat", "volym_mot_forra", "atgardad_rimligt"} <= names


def test_the_demo_is_as_expected(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """And nothing is blocked: what the demo lacks are gaps, which is bad news and not a wrong picture."""
    assert failed(con, settings) == set()
    assert con.execute("FROM validation.blocked").fetchall() == []


FAULTS = {
    "a key twice": ("INSERT INTO {t} FROM {t} WHERE {jarva} LIMIT 1", "registers.enheter", "en_rad_per_nyckel"),
    "a required cell empty": (
        "UPDATE {t} SET enhet = NULL WHERE {jarva} AND row = 4", "registers.enheter", "enhet_ifyllt",
    ),
    "a value that isn't listed": (
        "UPDATE {t} SET roll = 'Vikarie' WHERE {jarva} AND row = 3", "registers.personal", "roll_i_listan",
    ),
    "a level out of its limits": (
        "UPDATE {t} SET riktighet = 9 WHERE {jarva} AND row = 3",
        "registers.klassningar", "riktighet_inom_kontraktet",
    ),
    "no year": ("UPDATE {t} SET ar = 26 WHERE {jarva} AND row = 3", "registers.revision", "ar_rimligt"),
    "an end before its beginning": (
        "UPDATE {t} SET aktiv_fran = DATE '2020-01-02', aktiv_till = DATE '2020-01-01' WHERE {jarva} AND row = 4",
        "registers.enheter", "aktiv_fran_fore_aktiv_till",
    ),
    "a delivery without rows": (
        ("UPDATE intake.deliveries SET loaded = 0, duplicates = read - quarantined WHERE {jarva} "
         "AND register = 'styrdokument' AND status = 'i kraft'"),
        "registers.styrdokument", "minsta_antal_rader",
    ),
    "a completion twice, without its day": (
        ("INSERT INTO {t} FROM (FROM {t} SELECT * REPLACE (NULL AS genomford, NULL AS genomford_last) "
         "WHERE {jarva} LIMIT 1), range(2) AS twice (n) SELECT * EXCLUDE (n)"), "registers.utbildning",
        "en_rad_per_nyckel",
    ),
    "a model's row twice": (
        "INSERT INTO {t} FROM {t} WHERE {jarva} LIMIT 1", "core.supplied_systems", "en_rad_per_nyckel",
    ),
    "a unit's figure twice": (
        "INSERT INTO {t} FROM {t} WHERE {jarva} AND unit IS NULL AND indicator = 'INC-01'",
        "marts.indicator_values", "en_rad_per_nyckel",
    ),
    "a row lost": ("DELETE FROM {t} WHERE {jarva} AND row = 9", "registers.klassningar", "inlast_som_kvitterat"),
    "rows of a delivery that is replaced": (
        "UPDATE intake.deliveries SET status = 'ersatt' WHERE {jarva} AND register = 'klassningar'",
        "registers.klassningar", "inlast_som_kvitterat",
    ),
    "completions of a delivery that was refused": (
        "UPDATE intake.deliveries SET status = 'avvisad' WHERE {jarva} AND register = 'utbildning'",
        "registers.utbildning", "inlast_som_kvitterat",
    ),
    "a completion lost": (
        "DELETE FROM {t} WHERE {jarva} AND row < 9", "core.completions", "lika_manga_som_registret",
    ),
    "sums that don't add up": (
        "UPDATE intake.deliveries SET read = read + 1 WHERE {jarva} AND register = 'revision'",
        "registers.revision", "radsumman_stammer",
    ),
    "two snapshots in force": (
        ("UPDATE intake.deliveries SET status = 'i kraft' WHERE {jarva} AND register = 'personal' "
         "AND status = 'ersatt'"),
        "registers.personal", "en_leverans_i_kraft",
    ),
    "rows that give way to nobody": (
        ("INSERT INTO intake.doubles BY NAME SELECT organisation, 'klassningar' AS register, delivery, row "
         "FROM registers.klassningar WHERE {jarva} LIMIT 1"), "registers.klassningar", "inlast_som_kvitterat",
    ),
    "a third fewer rows": (
        ("UPDATE intake.deliveries SET loaded = loaded * 2, read = read * 2, quarantined = quarantined * 2, "
         "duplicates = duplicates * 2 WHERE {jarva} AND register = 'personal' AND status = 'ersatt'"),
        "registers.personal", "volym_mot_forra",
    ),
    "much in quarantine": (
        ("UPDATE intake.deliveries SET quarantined = read, read = 2 * read WHERE {jarva} "
         "AND register = 'pm3_system' AND status = 'i kraft'"),
        "registers.pm3_system", "andel_i_karantan",
    ),
    "many notes": (
        ("UPDATE intake.deliveries SET notes = 11 WHERE {jarva} AND register = 'utbildning' "
         "AND status = 'i kraft'"),
        "registers.utbildning", "fa_noter",
    ),
    "notes beside few rows": (
        ("UPDATE intake.deliveries SET notes = greatest(2, read // 10 + 1) WHERE {jarva} AND register = 'revision' "
         "AND status = 'i kraft'"),
        "registers.revision", "fa_noter",
    ),
    "units that aren't known": ("UPDATE {t} SET enhet = 'x' WHERE {jarva}", "registers.personal", "hittar_enhet"),
    "a list that points nowhere": (
        "UPDATE {t} SET system_id = ['x'] WHERE {jarva}", "registers.informationstillgangar", "hittar_system_id",
    ),
    "a computer's zero": (
        "UPDATE {t} SET beslutad = DATE '1970-01-01' WHERE {jarva}", "registers.styrdokument", "beslutad_rimligt",
    ),
    "a column emptied": (
        "UPDATE {t} SET anstalld_till = NULL, chef_fran = NULL WHERE {jarva}",
        "registers.personal", "chef_har_dag",
    ),
    "another coding": (
        "UPDATE {t} SET roll = 'Ledning' WHERE {jarva}", "registers.personal", "fordelning_mot_vanligt",
    ),
    "a day that hasn't been": (
        "UPDATE {t} SET beslutad = DATE '2040-01-01', senast_oversedd = NULL WHERE {jarva} AND row = 3",
        "registers.styrdokument", "beslutad_har_hant",
    ),
    "known before discovered": (
        ("UPDATE {t} SET upptackt = TIMESTAMP '2023-05-02', kannedom_last = TIMESTAMP '2023-05-01' "
         "WHERE {jarva}"),
        "registers.personuppgiftsincidenter", "upptackt_fore_kannedom",
    ),
    "a person under two ids": (
        "UPDATE {t} SET personnummer_shared = true WHERE {jarva} AND row < 5",
        "registers.personal", "samma_person_en_gang",
    ),
    "many managers in one unit": (
        "UPDATE core.employees SET roll = 'Chef' WHERE {jarva}", "registers.personal", "en_chef_per_enhet",
    ),
    "no manager": (
        "UPDATE core.employees SET roll = 'Medarbetare', manager = false WHERE {jarva}",
        "registers.personal", "en_chef_per_enhet",
    ),
    "a unit without staff": (
        "INSERT INTO {t} (organisation, enhet) VALUES ('jarva', '9')".replace("{t}", "core.active_units"),
        "registers.enheter", "enheten_har_personal",
    ),
    "nobody left": ("DELETE FROM {t} WHERE {jarva}", "registers.personal", "tom_fast_andra_pekar_hit"),
    "a figure that isn't its items": (
        "UPDATE {t} SET numerator = numerator + 1 WHERE {jarva} AND indicator = 'INC-01'",
        "marts.indicator_values", "siffran_ar_objektens_summa",
    ),
    "a figure lost": (
        "DELETE FROM {t} WHERE {jarva} AND indicator = 'DQ-01'", "marts.indicator_values", "alla_indikatorer_finns",
    ),
    "nothing measured, yet a value": (
        "UPDATE {t} SET state = 'ej mätbar' WHERE {jarva} AND indicator = 'INC-01'",
        "marts.indicator_values", "ej_matbar_har_inget_varde",
    ),
    "a sum, yet no value": (
        "UPDATE {t} SET value = NULL WHERE {jarva} AND indicator = 'KLA-04' AND state IN ('grön', 'gul', 'röd')",
        "marts.indicator_values", "ej_matbar_har_inget_varde",
    ),
    "measured of nothing": (
        "UPDATE {t} SET numerator = 0, denominator = 0 WHERE {jarva} AND indicator = 'KLA-04' AND measured",
        "marts.indicator_items", "matt_har_nagot_att_mata",
    ),
    "a gap lost": (
        "DELETE FROM {t} WHERE {jarva} AND indicator = 'KLA-04'", "marts.gaps", "listan_ar_siffrans_brister",
    ),
    "gaps without any item": (
        "DELETE FROM marts.indicator_items WHERE {jarva} AND indicator = 'KLA-04'",
        "marts.gaps", "listan_ar_siffrans_brister",
    ),
    "an item twice": (
        "INSERT INTO {t} FROM {t} WHERE {jarva} AND indicator = 'KLA-04' LIMIT 1",
        "marts.indicator_items", "en_rad_per_nyckel",
    ),
    "a protected person named": (
        "UPDATE {t} SET protected = true WHERE {jarva} AND indicator = 'UTB-06'",
        "marts.indicator_items", "skyddad_ar_namnlos",
    ),
    "fewer than nothing in order": (
        "UPDATE {t} SET numerator = -1 WHERE {jarva} AND indicator = 'KLA-09' AND measured",
        "marts.indicator_items", "del_ar_inte_negativ",
    ),
    "more requirements met than there are": (
        "UPDATE {t} SET krav_totalt = 1, krav_uppfyllda = 2 WHERE {jarva} AND row = 3",
        "registers.klassningar", "uppfyllda_krav_ryms",
    ),
    "fewer than no requirements met": (
        "UPDATE {t} SET krav_uppfyllda = -1 WHERE {jarva} AND row = 3",
        "registers.klassningar", "krav_uppfyllda_inom_kontraktet",
    ),
    "an activity under way on the day it was done": (
        "UPDATE {t} SET klar = DATE '2023-01-02', status = 'Pågår' WHERE {jarva}",
        "registers.handlingsplan", "klar_har_status_klar",
    ),
    "a decision under way on the day it was carried out": (
        "UPDATE {t} SET klar = DATE '2023-01-02', status = 'Pågår' WHERE {jarva}",
        "registers.beslut", "klar_har_status_klar",
    ),
    "a criterion that isn't one of nine": (
        "UPDATE {t} SET dpia_kriterier = ['0'] WHERE {jarva}",
        "registers.registerforteckning", "dpia_kriterier_ar_1_till_9",
    ),
    "a limit that ends before it begins": (
        "UPDATE {t} SET limit_first = limit_last + INTERVAL 1 DAY WHERE {jarva}",
        "core.incident_deadlines", "grans_och_utslag",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fault", "table", "expectation"), FAULTS.values(), ids=FAULTS)
def test_it_is_found_in_the_organisation_where_it_is(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    table: str,
    expectation: str,
) -> None:
    monkeypatch.setattr(suites, "tables", lambda *_: [table])
    con.execute(fault.format(t=table, jarva="organisation = 'jarva'"))
    found = failed(con, settings)
    assert ("jarva", table, expectation) in found
    assert {organisation for organisation, *_ in found} - {"staden"} == {"jarva"}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (
            "registers.klassningar",
            "UPDATE {t} SET delivery = delivery || if(row % 2 = 0, '/2025', '/2026') WHERE organisation = 'jarva'",
        ),
        (
            "registers.registerforteckning",
            "UPDATE {t} SET dpia_kriterier = ['01', ' 9', 'nej'] WHERE organisation = 'jarva'",
        ),
        (
            "core.mandatory_training_obstacles",
            "INSERT INTO {t} SELECT 'Dataskydd', 'jarva', unnest(['inget krav', 'okända anställnings-id'])",
        ),
    ],
    ids=["rows on several sheets of a workbook", "criteria that DPIA-01 counts", "two obstacles at once"],
)
def test_it_is_in_order(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch, table: str, change: str
) -> None:
    monkeypatch.setattr(suites, "tables", lambda *_: [table])
    con.execute(f"DELETE FROM {table}" if table.startswith("core.") else "SELECT 1")
    con.execute(change.format(t=table))
    assert failed(con, settings) == set()


@pytest.mark.parametrize(
    ("register", "pointing"), [("enheter", "personal"), ("personal", "utbildning")], ids=["units", "staff"]
)
@pytest.mark.parametrize(("rows", "found"), [(2, []), (10, [("a", "e4.csv")])])
def test_ten_rows_are_ten_however_many_empty_sources_there_are(
    register: str, pointing: str, rows: int, found: list[tuple[str, str]]
) -> None:
    suite = suites.suite(f"registers.{register}", REGISTERS, GRAINS)
    [check] = [own.check for own in suite if own.name == "tom_fast_andra_pekar_hit"]
    assert isinstance(check, str)
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA registers; CREATE SCHEMA delivered")
        con.execute(f"CREATE TABLE registers.{pointing} AS SELECT 'a' AS organisation FROM range({rows})")
        con.execute(f"CREATE TABLE registers.{register} (organisation VARCHAR)")
        con.execute(f"""CREATE TABLE delivered.{register} AS
            SELECT 'a' AS organisation, 'e' || range || '.csv' AS delivery, true AS in_force FROM range(5)""")
        assert con.execute(check).fetchall() == found


def test_the_city_is_the_sum_of_its_organisations(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suites, "tables", lambda *_: ["marts.indicator_values"])
    con.execute(
        "UPDATE marts.indicator_values SET numerator = numerator + 1 WHERE level = 'city' AND indicator = 'INC-01'"
    )
    assert ("staden", "marts.indicator_values", "staden_ar_organisationernas_summa") in failed(con, settings)


@pytest.mark.parametrize(
    ("table", "of_one"), [("core.law_limits", "step = 'Svar'"), ("core.adequacy", "name = 'EU-US DPF'")]
)
@pytest.mark.parametrize(("until", "found"), [("2026-12-31", False), ("2027-01-01", True), (None, True)])
def test_two_laws_in_force_at_once_are_the_pipelines_own_fault(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    table: str,
    of_one: str,
    until: str | None,
    found: bool,
) -> None:
    monkeypatch.setattr(suites, "tables", lambda *_: [table])
    con.execute(f"UPDATE {table} SET in_force_to = CAST(? AS DATE) WHERE {of_one}", [until])
    con.execute(
        f"""INSERT INTO {table} FROM {table}
        SELECT * REPLACE (DATE '2027-01-01' AS in_force_from, NULL AS in_force_to) WHERE {of_one}"""
    )
    assert failed(con, settings) == ({(None, table, "en_lag_i_taget")} if found else set())


def test_without_a_review_date_the_fault_is_nobodys(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suites, "tables", lambda *_: ["core.review"])
    con.execute("DELETE FROM core.review")
    assert (None, "core.review", "precis_en_rad") in failed(con, settings)
    assert (None,) not in con.execute("FROM validation.blocked").fetchall()
