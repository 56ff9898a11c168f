"""References by another name: what a source's text points at in the rows of another register."""

from pathlib import Path

import duckdb
import pytest

from assets.refusal import RunRefused
from assets.warehouse.build import build
from tests.warehouse.conftest import MODELS
from tests.warehouse.deliveries import KEY, Deliveries, Row

pytestmark = pytest.mark.slow

BY_NAME = {"Enhet": "enheter.Enhetsnamn"}
BY_MAIL = {"Anställnings-id": "personal.E-post"}


def unit(key: str, name: str, **more: str) -> Row:
    return {"Enhet": key, "Enhetsnamn": name, "Aktiv": "Ja", **more}


def person(key: str, mail: str, name: str = "", unit: str = "E1") -> Row:
    return {
        "Anställnings-id": key, "E-post": mail, "Namn": name, "Enhet": unit, "Roll": "Chef",
        "Anställd från": "2020-01-01", "Skyddade personuppgifter": "Nej",
    }  # fmt: skip


def incident(key: str, unit: str) -> Row:
    return {
        "Ärende-id": key, "Enhet": unit, "Registrerad": "2026-10-01", "Kännedom": "2026-10-01", "Typ": "Övrigt",
        "Risk": "Risk", "Status": "Öppen",
    }  # fmt: skip


def completion(mail: str, section: str = "1", day: str = "2026-10-01") -> Row:
    return {
        "Anställnings-id": mail, "Kurskod": "K", "Avsnitt": section, "Status": "Genomförd", "Genomförd": day,
    }  # fmt: skip


def unmatched(con: duckdb.DuckDBPyConnection, table: str = "intake.unmatched") -> list[tuple[object, ...]]:
    return con.execute(f'SELECT register, row, "column", value, target FROM {table} ORDER BY ALL').fetchall()


def units_of(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(con.execute("SELECT arende_id, enhet FROM registers.personuppgiftsincidenter").fetchall())


def test_a_name_becomes_the_key_of_its_row_whatever_its_case(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path, ["enheter.Enhetsnamn"])
    delivered.deliver("enheter", [unit("E1", "Åby skola"), unit("E2", "Torp"), unit("E3", "torp"), unit("E4", "E2")])
    names = ["ÅBY SKOLA", "E3", "Torp", "Finns inte", "e1", "E2", ""]
    rows = [incident(str(number), name) for number, name in enumerate(names)]
    delivered.deliver("personuppgiftsincidenter", rows, source="desk", lookups=BY_NAME)
    con = delivered.loaded()
    # a key stands as it is, also where it is another row's name; keys are case-sensitive
    assert units_of(con) == {
        "0": "E1", "1": "E3", "2": "Torp", "3": "Finns inte", "4": "e1", "5": "E2", "6": None,
    }  # fmt: skip
    incidents = "personuppgiftsincidenter"
    assert unmatched(con) == [
        (incidents, 4, "Enhet", "Torp", "flera"),
        (incidents, 5, "Enhet", "Finns inte", "enheter"),
        (incidents, 6, "Enhet", "e1", "enheter"),
    ]
    (left,) = con.execute("SELECT count(*) FROM duckdb_tables() WHERE temporary").fetchone() or (None,)
    assert left == 0


def test_only_what_the_source_looks_up_is_and_only_among_the_organisations_own(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path, ["enheter.Enhetsnamn"])
    delivered.deliver("enheter", [unit("E1", "Åby")])
    delivered.deliver("enheter", [unit("E9", "Åby")], organisation="jarva", name="b.csv")
    incidents = "personuppgiftsincidenter"
    delivered.deliver(incidents, [incident("1", "Åby")], source="desk", lookups=BY_NAME)
    delivered.deliver(incidents, [incident("2", "Åby")])
    delivered.deliver(
        incidents, [incident("3", "Åby")], organisation="jarva", name="c.csv", source="d", lookups=BY_NAME
    )
    delivered.deliver(
        incidents, [incident("4", "Åby")], organisation="solna", name="d.csv", source="e", lookups=BY_NAME
    )
    con = delivered.loaded()
    assert units_of(con) == {"1": "E1", "2": "Åby", "3": "E9", "4": "Åby"}
    assert unmatched(con) == [(incidents, 2, "Enhet", "Åby", "enheter")]  # solna has delivered no units


def test_a_list_is_looked_up_part_by_part(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path, ["pm3_system.System"])
    system = {"Objekt-id": "O", "Driftform": "Lokal", "Livscykel": "Drift", "Personuppgifter": "Ja"}
    delivered.deliver("pm3_system", [system | {"System-id": f"S{n}", "System": f"System {n}"} for n in (1, 2, 3)])
    delivered.deliver(
        "informationstillgangar",
        [
            {"Tillgångs-id": "T1", "Tillgång": "t", "Enhet": "E1", "System-id": "system 2; S3; Annat; system 1",
             "Aktiv": "Ja", "Upprättad": "2020-01-01"},
            {"Tillgångs-id": "T2", "Tillgång": "t", "Enhet": "E1", "System-id": "S9", "Aktiv": "Ja"},
        ],
        source="lista", lookups={"System-id": "pm3_system.System"},
    )  # fmt: skip
    con = delivered.loaded()
    query = "SELECT system_id FROM registers.informationstillgangar ORDER BY tillgangs_id"
    assert con.execute(query).fetchall() == [(["S2", "S3", "Annat", "S1"],), (["S9"],)]
    assert [line[3] for line in unmatched(con)] == ["Annat", "S9"]


def test_persons_are_found_by_hashes_alone(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path, ["personal.E-post"])
    delivered.deliver("personal", [person("A1", "Ett@x.se"), person("A2", "tva@x.se"), person("A3", "TVA@x.se")])
    delivered.deliver(
        "utbildning",
        [completion(text) for text in ("ett@X.se", "tva@x.se", "okand@x.se", "A3")],
        source="moodle", lookups=BY_MAIL,
    )  # fmt: skip
    con = delivered.loaded(models=MODELS)
    learners = con.execute("SELECT anstallnings_id FROM registers.utbildning ORDER BY row").fetchall()
    assert learners == [("A1",), (KEY.digest("tva@x.se"),), (KEY.digest("okand@x.se"),), ("A3",)]
    build(con, MODELS, ["marts.unmatched"])
    assert unmatched(con, "marts.unmatched") == [
        ("utbildning", 3, "Anställnings-id", "[visas inte]", "flera"),
        ("utbildning", 4, "Anställnings-id", "[visas inte]", "personal"),
    ]


def test_rows_whose_keys_turn_out_equal_are_duplicates_and_the_later_holds(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path, ["personal.E-post"])
    delivered.deliver("personal", [person("A1", "ett@x.se")])
    rows = [
        completion("ett@x.se") | {"Registrering": "oläsligt"}, completion("ett@x.se", section="2"),
        completion("A1") | {"Registrering": "Självstudie"}, completion("okand@x.se"),
        completion("ett@x.se", section="x"),
    ]  # fmt: skip
    delivered.deliver("utbildning", rows, source="moodle", lookups=BY_MAIL)
    con = delivered.loaded()
    assert con.execute("SELECT row FROM registers.utbildning ORDER BY row").fetchall() == [(3,), (4,), (5,)]
    counts = con.execute(
        "SELECT read, loaded, quarantined, duplicates, dropped_cells FROM intake.deliveries WHERE source IS NOT NULL"
    ).fetchone()
    assert counts == (5, 3, 1, 1, 0)
    assert con.execute("SELECT row, effect FROM intake.faults").fetchall() == [(6, "raden")]
    assert con.execute("SELECT key[1] FROM intake.rejected").fetchall() == [("A1",)]


def test_a_row_of_the_file_that_still_gives_records_keeps_its_cells(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path, ["personal.E-post"])
    delivered.deliver("personal", [person("A1", "ett@x.se")])
    rows = [completion("ett@x.se"), completion("ett@x.se", section="2") | {"Registrering": "oläsligt"},
            completion("A1")]  # fmt: skip
    delivered.deliver("utbildning", rows, source="moodle", lookups=BY_MAIL, at=[2, 2, 3])
    con = delivered.loaded()
    assert con.execute("SELECT row, avsnitt FROM registers.utbildning ORDER BY row").fetchall() == [(2, 2), (3, 1)]
    assert con.execute("SELECT row, effect FROM intake.faults").fetchall() == [(2, "cellen")]


def test_a_key_that_is_looked_up_is_final_before_others_look_it_up(tmp_path: Path) -> None:
    """Objects are named after units, and systems after objects."""
    delivered = Deliveries(tmp_path, ["enheter.Enhetsnamn", "pm3_objekt.Objekt"])
    delivered.deliver("enheter", [unit("E1", "Skolan")])
    delivered.deliver(
        "pm3_objekt", [{"Objekt-id": "Skolan", "Objekt": "Undervisning"}],
        source="a", lookups={"Objekt-id": "enheter.Enhetsnamn"},
    )  # fmt: skip
    delivered.deliver(
        "pm3_system",
        [{"System-id": "Undervisning", "System": "s", "Objekt-id": "undervisning", "Livscykel": "Drift"}],
        source="b", lookups={"System-id": "pm3_objekt.Objekt", "Objekt-id": "pm3_objekt.Objekt"},
    )  # fmt: skip
    con = delivered.loaded()
    assert con.execute("SELECT system_id, objekt_id FROM registers.pm3_system").fetchall() == [("E1", "E1")]


def test_what_is_looked_up_in_is_the_text_as_it_landed(tmp_path: Path) -> None:
    """Two registers may look each other up, as long as their keys don't hang on it."""
    delivered = Deliveries(tmp_path, ["enheter.Enhetsnamn", "personuppgiftsincidenter.Enhet"])
    delivered.deliver(
        "enheter", [unit("E1", "Skolan", **{"Överordnad enhet": "skolan"})], source="a",
        lookups={"Enhetsnamn": "personuppgiftsincidenter.Enhet"},
    )  # fmt: skip
    delivered.deliver("personuppgiftsincidenter", [incident("P1", "SKOLAN")], source="b", lookups=BY_NAME)
    con = delivered.loaded()
    assert units_of(con) == {"P1": "E1"}
    assert con.execute("SELECT enhetsnamn FROM registers.enheter").fetchall() == [("P1",)]


def test_keys_that_hang_on_each_other_are_refused(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path, ["pm3_objekt.Objekt", "pm3_system.System"])
    delivered.deliver("pm3_objekt", [{"Objekt-id": "O", "Objekt": "o"}], source="a",
                  lookups={"Objekt-id": "pm3_system.System"})  # fmt: skip
    delivered.deliver("pm3_system", [{"System-id": "S", "System": "s", "Livscykel": "Drift"}], source="b",
                  lookups={"System-id": "pm3_objekt.Objekt"})  # fmt: skip
    with pytest.raises(RunRefused, match="slås upp i varandra"):
        delivered.loaded()
