"""What is told of a system and of a record of processing: rows of registers → lines and contradictions."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from assets.publication.queries import report_query
from assets.warehouse.load import create_base_tables
from tests.cases import REGISTERS

SYSTEM = {"system_id": "S1", "system": "Journalen", "livscykel": "Drift", "personuppgifter": False, "nis": False}
RECORD = {"behandlings_id": "B1", "behandling": "Journalföring", "status": "Aktiv", "system_id": ["S1", "S1", "S9"]}
ASSET = {"tillgangs_id": "T1", "tillgang": "Akter", "aktiv": True, "system_id": ["S1"]}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        create_base_tables(con, REGISTERS)
        yield con


def lay(con: duckdb.DuckDBPyConnection, register: str, **row: Any) -> None:
    fields = {"organisation": "farsta", "delivery": f"{register}.csv", "row": 1} | row
    places = ", ".join("?" * len(fields))
    con.execute(f"INSERT INTO registers.{register} ({', '.join(fields)}) VALUES ({places})", list(fields.values()))


def lines(con: duckdb.DuckDBPyConnection, kind: str, ident: str) -> dict[tuple[str, str], str]:
    found = report_query("system_facts").answer(con).filter(kind=kind, id=ident)
    return {(register, label): text for register, label, text in found.select("register", "label", "text").rows()}


def contradictions(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    found = report_query("system_contradictions").answer(con)
    assert found.select("organisation", "kind", "id", "text").is_unique().all()
    return found.select("kind", "id", "text").rows()


def test_what_all_registers_know_of_a_system_and_of_a_record(con: duckdb.DuckDBPyConnection) -> None:
    lay(con, "pm3_system", **SYSTEM, objekt_id="O1", ai=True)
    lay(con, "pm3_objekt", objekt_id="O1", objekt="Vård", objektagare_it="A000124")
    lay(con, "registerforteckning", **RECORD, andamal="Anna ska vårdas", andamal_filled=True)
    lay(con, "informationstillgangar", **ASSET)
    lay(con, "klassningar", klassnings_id="K1", avser="Tillgång", avser_id="T1", status="Utkast")
    lay(con, "konsekvensbedomningar", dpia_id="D1", behandlings_id="B1")
    lay(con, "pub_avtal", avtals_id="P1", system_id="S1", leverantor="Bolaget", behov=True)
    lay(
        con,
        "upphandlingar",
        upphandlings_id="U1",
        benamning="Journal",
        klassnings_id="K1",
        sakerhetskrav_stallda=False,
    )
    lay(con, "nis_incidenter", arende_id="N1", system_id="S1", status="Hanterad")
    system, record = lines(con, "system", "S1"), lines(con, "behandling", "B1")
    assert system["pm3_system", "AI"] == "Ja, riskklass saknas"
    assert system["pm3_objekt", "Vård"] == (
        "obesatt: objektägare verksamhet, förvaltningsledare verksamhet, förvaltningsledare it, "
        "komponenter inte kartlagda"
    )
    assert system["klassningar", "K1 av T1"] == "utkast"
    assert system["konsekvensbedomningar", "D1 av B1"] == "inte beslutad"
    assert system["pub_avtal", "P1"] == "Bolaget, behövs men är inte tecknat"
    assert system["upphandlingar", "U1 Journal enligt K1"] == "inga säkerhetskrav ställda"
    assert system["nis_incidenter", "N1"] == "hanterad"
    assert record["pm3_system", "S1 Journalen"] == "Drift, personuppgifter Nej"
    assert record["pm3_system", "S9"] == "finns inte i systemförteckningen"
    assert "ändamål" not in record["registerforteckning", "Fält som inte är ifyllda"]
    text = str({**system, **record})
    assert "A000124" not in text, "of a role only whether somebody has it"
    assert "Anna" not in text, "of free text only whether it is filled"


def test_nothing_crosses_to_another_organisation_or_stands_on_no_page(con: duckdb.DuckDBPyConnection) -> None:
    lay(con, "pm3_system", **SYSTEM)
    lay(con, "registerforteckning", **RECORD, organisation="jarva")
    lay(con, "nis_incidenter", arende_id="N1", system_id="S8")
    assert {register for register, _ in lines(con, "system", "S1")} == {"pm3_system"}
    assert lines(con, "system", "S8") == {}
    assert contradictions(con) == []


@pytest.mark.parametrize(
    ("register", "row", "texts"),
    [
        ("registerforteckning", RECORD, {"inte har personuppgifter; behandlingen B1 sker där."}),
        ("informationstillgangar", ASSET | {"personuppgifter": True}, {"informationstillgången T1 har det."}),
        ("informationstillgangar", ASSET | {"nis": True}, {"informationstillgången T1 gör det."}),
        ("informationstillgangar", ASSET | {"nis": True, "aktiv": False}, set()),
        (
            "personuppgiftsincidenter",
            {"arende_id": "I1", "system_id": "S1"},
            {"incidenten I1 rör det."},
        ),
        ("nis_incidenter", {"arende_id": "N1", "system_id": "S1"}, {"NIS-incidenten N1 rör det."}),
        ("pub_avtal", {"avtals_id": "P1", "system_id": "S1", "leverantor": "Andra AB"}, {"Bolaget i systemf"}),
        ("pub_avtal", {"avtals_id": "P1", "system_id": "S1", "leverantor": " bolaget "}, set()),
        ("pub_avtal", {"avtals_id": "P1", "system_id": "S1"}, set()),
    ],
)
def test_what_cannot_all_be_true(
    con: duckdb.DuckDBPyConnection, register: str, row: dict[str, Any], texts: set[str]
) -> None:
    lay(con, "pm3_system", **SYSTEM, leverantor="Bolaget")
    lay(con, register, **row)
    own = [text for kind, _, text in contradictions(con) if kind == "system"]
    assert len(own) == len(texts)
    assert all(part in text for part, text in zip(texts, own, strict=True))


def test_a_cell_that_is_not_filled_contradicts_nothing(con: duckdb.DuckDBPyConnection) -> None:
    lay(con, "pm3_system", **SYSTEM | {"personuppgifter": None, "nis": None})
    lay(con, "registerforteckning", **RECORD)
    lay(con, "informationstillgangar", **ASSET | {"nis": True, "personuppgifter": True})
    assert contradictions(con) == []


def test_retired_ai_and_transfers(con: duckdb.DuckDBPyConnection) -> None:
    retired = SYSTEM | {"livscykel": "Avvecklad", "personuppgifter": True, "ai": False, "ai_klass": "Hög risk"}
    lay(con, "pm3_system", **retired)
    lay(con, "registerforteckning", **RECORD, tredjelandsoverforing=False, overforingsgrund="EU-US DPF")
    found = contradictions(con)
    assert [(kind, ident) for kind, ident, _ in found] == [("behandling", "B1")] * 2 + [("system", "S1")] * 2
    assert "B1 förs inte över till tredjeland men har överföringsgrunden EU-US DPF." in found[0][2]
    assert {text for *_, text in found} >= {"S1 är avvecklat; behandlingen B1 är aktiv där."}
