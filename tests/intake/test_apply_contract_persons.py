"""Persons: protected wherever that can't be ruled out, and names, numbers and addresses in nothing that lands."""

from pathlib import Path

import pytest

from assets.intake.contract_result import ContractResult
from assets.intake.refusal import Refused
from tests.intake.books import Cell, sheet_xlsx
from tests.intake.delivered import REGISTERS, as_csv, read
from tests.intake.fictitious import PERSON, SPELLINGS, spelled

pytestmark = pytest.mark.slow

PERSONAL = REGISTERS["personal"]
HEADINGS = "Anställnings-id;Enhet;Roll;Anställd från;Anställd till;Chef från"
ROW = {"Enhet": "E1", "Roll": "Chef", "Anställd från": "2020-01-01"}
SECRETS = {
    "Personnummer": f"{PERSON[:8]}-{PERSON[8:]}", "Namn": "Alva Kvist", "E-post": "alva.kvist@exempel.se",
}  # fmt: skip


def conformed(folder: Path, *rows: dict[str, str]) -> ContractResult:
    return read(folder, "personal", as_csv(PERSONAL, [ROW | row for row in rows]))


def protected(found: ContractResult) -> list[bool]:
    return found.valid["skyddade_personuppgifter"].to_list()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((yes, True) for yes in ("Ja", "J", "ja ", "X", "x", "1", "SANT", "True", "Yes")),
        *((no, False) for no in ("Nej", "N", "0", "Falskt", "false", "No")),
        *((nothing, False) for nothing in ("", " ", "\u00a0", "-", "–", "NULL", "#N/A")),
        *((odd, True) for odd in ("kanske", "2", "Ja?", "Skyddad folkbokföring", "?", ".", "nej men", "NULL?")),
    ],
)
def test_who_is_protected(tmp_path: Path, text: str, expected: bool) -> None:
    found = conformed(tmp_path, {"Anställnings-id": "A1", "Skyddade personuppgifter": text})
    assert protected(found) == [expected]
    assert found.protected["key"].to_list() == ["A1"] * expected


@pytest.mark.parametrize("heading", PERSONAL.by_name["Skyddade personuppgifter"].headings)
def test_the_column_by_any_of_its_headings(tmp_path: Path, heading: str) -> None:
    rows = f"{HEADINGS};{heading}\nA1;E;Chef;2020-01-01;;;Ja\nA2;E;Chef;2020-01-01;;;\n"
    found = read(tmp_path, "personal", rows)
    assert protected(found) == [True, False]


def test_without_the_column_everybody_is_protected_also_those_that_are_not_loaded(tmp_path: Path) -> None:
    rows = f"{HEADINGS};Skydd\nA1;E;Chef;2020-01-01;;;\nA2;;Chef;2020-01-01;;;Nej\n"
    found = read(tmp_path, "personal", rows)
    assert protected(found) == [True]
    assert sorted(found.protected["key"]) == ["A1", "A2"]
    assert found.failures.select("column", "rule").rows() == [("Enhet", "krävs")]


def test_a_workbook_of_yes_cells_and_error_cells(tmp_path: Path) -> None:
    headings = [*ROW, "Anställnings-id", "Anställd till", "Chef från", "Skyddad identitet"]
    cells: list[Cell] = [True, False, 1, 0, None]
    rows: list[list[Cell]] = [[*ROW.values(), f"A{n}", None, None, cell] for n, cell in enumerate(cells)]
    found = read(tmp_path, "personal", sheet_xlsx([headings, *rows]), ".xlsx")
    assert protected(found) == [True, False, True, False, False]


def test_a_mark_in_any_row_of_the_person_counts_whichever_row_wins(tmp_path: Path) -> None:
    rows = [
        {"Anställnings-id": "A1", "Skyddade personuppgifter": "Ja"},
        {"Anställnings-id": "A1", "Skyddade personuppgifter": "Nej"},
        {"Anställnings-id": "A2", "Skyddade personuppgifter": "Ja", "Anställd från": "i våras"},
        {"Anställnings-id": "A2", "Skyddade personuppgifter": ""},
    ]
    found = conformed(tmp_path, *rows)
    assert (found.duplicates, found.quarantined.height) == (1, 1)
    assert sorted(found.protected["key"]) == ["A1", "A2"]


def test_two_columns_that_protect_are_refused_and_not_chosen_between(tmp_path: Path) -> None:
    content = as_csv(PERSONAL, [ROW | {"Anställnings-id": "A1"}]).replace("Frånvaro", "Sekretessmarkering")
    with pytest.raises(Refused, match="två rubriker för kolumnen Skyddade personuppgifter"):
        read(tmp_path, "personal", content)


def test_names_and_numbers_and_addresses_are_in_nothing_that_lands(tmp_path: Path) -> None:
    rows = [
        {"Anställnings-id": "A1"}, {"Anställnings-id": "A1"}, {"Anställnings-id": "A2", "Roll": "Kung"},
        {"Anställnings-id": "A3", "Anställd till": "alltid", "Skyddade personuppgifter": "Alva Kvist"},
        {"Anställnings-id": "", "Frånvaro": "VAB"},
    ]  # fmt: skip
    found = conformed(tmp_path, *(row | SECRETS | {"Skyddade personuppgifter": "Alva Kvist"} for row in rows))
    tables = [found.valid, found.failures, found.quarantined, found.protected, found.personal_numbers]
    text = "".join(str(table.rows()) + str(table.columns) for table in tables)
    assert not [secret for secret in (*SECRETS.values(), "Alva", "Kvist", PERSON) if secret in text]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_instead_of_an_id_quarantines_the_person_and_is_not_kept(tmp_path: Path, spelling: str) -> None:
    number = spelled(PERSON, spelling)
    found = conformed(tmp_path, {"Anställnings-id": number, "Skyddade personuppgifter": "Ja"})
    assert found.failures.rows() == [(2, "Anställnings-id", "[personnummer]", "oläsbar", "raden")]
    assert found.quarantined["key"].to_list() == [["[personnummer]"]]
    assert found.valid.is_empty()


@pytest.mark.parametrize("cell", [int(PERSON), int(PERSON[2:]), float(PERSON)], ids=["twelve", "ten", "float"])
def test_a_number_typed_as_a_number_in_a_workbook_is_one_too(tmp_path: Path, cell: float) -> None:
    headings = ["Tillfälles-id", "Kurskod", "Avsnitt", "Datum", "Enhet", "Deltagare", "Antal deltagare"]
    rows: list[list[Cell]] = [["T1", "K", 1, "2023-10-31", cell, cell, cell], [cell, "K", 1, "2023-10-31"]]
    found = read(tmp_path, "utbildningstillfallen", sheet_xlsx([headings, *rows]), ".xlsx")
    assert found.valid.select("enhet", "deltagare", "antal_deltagare").rows() == [
        ("[personnummer]", ["[personnummer]"], None),
    ]  # fmt: skip
    assert found.quarantined.rows() == [(3, ["[personnummer]"])]
    assert {value for _, _, value, _, _ in found.failures.rows()} == {"[personnummer]"}


@pytest.mark.parametrize("column", ["Beskrivning", "Skäl ej anmäld"])
@pytest.mark.parametrize("text", ["Alva Kvist fick fel brev", f"Pnr {PERSON}", "x", "ingen risk"])
def test_free_text_that_stops_here_leaves_at_most_that_it_is_filled(tmp_path: Path, column: str, text: str) -> None:
    register = REGISTERS["personuppgiftsincidenter"]
    row = {"Ärende-id": "1", "Registrerad": "2023-10-31", "Typ": "Övrigt", column: text}
    found = read(tmp_path, register.name, as_csv(register, [row]))
    assert text not in [value for row in found.valid.rows() for value in row]
    assert found.valid["skal_ej_anmald_filled"].to_list() == [column == "Skäl ej anmäld" and text != "x"]


@pytest.mark.parametrize("text", ["Nej", "N", "0", "Ja", "", "-", "kanske", "Nej?"])
def test_a_secret_recommendation_lands_only_where_it_is_known_to_be_open(tmp_path: Path, text: str) -> None:
    register = REGISTERS["revision"]
    row = {"Rekommendations-id": "R1", "År": "2023", "Rekommendation": "Byt lås", "Status": "Ny", "Sekretess": text}
    found = read(tmp_path, "revision", as_csv(register, [row, row | {"Status": "?"}]))
    known = {"Ja": True, "Nej": False, "N": False, "0": False}.get(text)
    assert found.valid["sekretess"].to_list() == [known]
    results = str([found.valid.rows(), found.failures.rows(), found.quarantined.rows()])
    assert ("Byt lås" in results) == (known is False)
