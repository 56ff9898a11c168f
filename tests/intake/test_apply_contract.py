"""Rows held against their contract: what goes to quarantine, what is dropped, what is a duplicate, what is hidden."""

from pathlib import Path

import pytest

from assets.intake.contract_result import ContractResult
from tests.intake.delivered import REGISTERS, as_csv, read

PERSON = {"Anställnings-id": "A1", "Enhet": "E1", "Roll": "Chef", "Anställd från": "2020-01-01"}
COMPLETION = {
    "Anställnings-id": "A1",
    "Kurskod": "K",
    "Avsnitt": "0",
    "Status": "Genomförd",
    "Genomförd": "2023-10-31",
}
FICTITIOUS = ("18971009-9947", "189710099947", "971009+9947", "18971009 9947", "18971069-9803")


def conformed(folder: Path, register: str, *rows: dict[str, str]) -> ContractResult:
    return read(folder, register, as_csv(REGISTERS[register], rows))


def faults(found: ContractResult) -> list[tuple[object, ...]]:
    return found.failures.rows()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"Anställnings-id": "-"}, (2, "Anställnings-id", None, "krävs", "raden")),
        ({"Status": ""}, (2, "Status", None, "krävs", "raden")),
        ({"Avsnitt": "ett"}, (2, "Avsnitt", "[visas inte]", "oläsbar", "raden")),
        ({"Genomförd": "i går"}, (2, "Genomförd", "[visas inte]", "oläsbar", "raden")),
        ({"Genomförd": "NULL"}, (2, "Genomförd", None, "villkor", "raden")),
        ({"Registrering": "annat"}, (2, "Registrering", "[visas inte]", "oläsbar", "cellen")),
    ],
    ids=["no key", "required", "required and unreadable", "key and unreadable", "condition", "another cell"],
)
def test_what_a_fault_costs(tmp_path: Path, change: dict[str, str], fault: tuple[object, ...]) -> None:
    found = conformed(tmp_path, "utbildning", COMPLETION | change)
    assert faults(found) == [fault]
    assert found.valid.height == (fault[-1] == "cellen")


def test_a_key_column_that_is_not_required_may_be_empty(tmp_path: Path) -> None:
    found = conformed(tmp_path, "utbildning", COMPLETION | {"Status": "Påbörjad", "Genomförd": ""})
    assert found.valid.height == 1


def test_bounds(tmp_path: Path) -> None:
    row = {"Klassnings-id": "K1", "Avser": "System", "Avser-id": "S1", "Status": "Klar"}
    found = conformed(
        tmp_path, "klassningar", row | {"Konfidentialitet": "5", "Riktighet": "4", "Tillgänglighet": "-1"}
    )
    assert [(column, value, rule, effect) for _, column, value, rule, effect in faults(found)] == [
        ("Konfidentialitet", "5", "utanför gränser", "cellen"),
        ("Tillgänglighet", "-1", "utanför gränser", "cellen"),
    ]
    assert found.valid.select("konfidentialitet", "riktighet", "tillganglighet").row(0) == (None, 4, None)


def test_the_last_of_equal_keys_wins_after_quarantine(tmp_path: Path) -> None:
    rows = [PERSON, PERSON | {"Enhet": "E2"}, PERSON | {"Enhet": ""}, PERSON | {"Anställnings-id": "a1"}]
    found = conformed(tmp_path, "personal", *rows)
    assert found.valid.select("row", "anstallnings_id", "enhet").rows() == [(3, "A1", "E2"), (5, "a1", "E1")]
    assert (found.read, found.quarantined.height, found.duplicates) == (4, 1, 1)
    assert found.quarantined.row(0) == (4, ["A1"])


def test_the_same_key_in_another_spelling_is_the_same(tmp_path: Path) -> None:
    same = [{"Genomförd": "2023-10-31 14:05"}, {"Genomförd": "31/10/2023 14.05", "Avsnitt": "0,0"},
            {"Genomförd": "2023-10-31T13:05Z"}]  # fmt: skip
    other = [{"Genomförd": "2023-10-31"}, {"Genomförd": "2023-10-31 00:00"}]
    found = conformed(tmp_path, "utbildning", *(COMPLETION | change for change in same + other))
    assert found.valid["row"].to_list() == [4, 5, 6]
    assert found.duplicates == 2


def test_a_dropped_cell_of_a_row_that_was_not_loaded_needs_no_line(tmp_path: Path) -> None:
    found = conformed(tmp_path, "personal", PERSON | {"Frånvaro": "VAB"}, PERSON)
    assert (faults(found), found.dropped_cells, found.duplicates) == ([], 0, 1)


def test_a_personal_number_is_replaced_in_every_text_and_in_no_key_read(tmp_path: Path) -> None:
    asset = {"Tillgångs-id": "IT-1", "Tillgång": "Akt", "Enhet": "E1", "Aktiv": "Ja"}
    for number in FICTITIOUS:
        found = conformed(
            tmp_path, "informationstillgangar",
            asset | {"Tillgång": f"Akt {number}.", "Enhet": number, "System-id": f"S1, {number}"},
            asset | {"Tillgångs-id": number},
        )  # fmt: skip
        row = found.valid.row(0, named=True)
        assert row["tillgang"] == "Akt [personnummer]."
        assert (row["enhet"], row["system_id"]) == ("[personnummer]", ["S1", "[personnummer]"])
        assert faults(found) == [(3, "Tillgångs-id", "[personnummer]", "oläsbar", "raden")]
        assert found.quarantined.row(0) == (3, ["[personnummer]"])


@pytest.mark.parametrize("text", ["212000-0142", "08-508 000 00", "FAR 2023/1097", "18971009-9948", "18971309-9947"])
def test_other_numbers_stay(tmp_path: Path, text: str) -> None:
    row = {"Tillgångs-id": "IT-1", "Tillgång": text, "Enhet": "E1", "Aktiv": "Ja"}
    assert conformed(tmp_path, "informationstillgangar", row).valid["tillgang"][0] == text


def test_personal_data_never_leave(tmp_path: Path) -> None:
    row = PERSON | {"Personnummer": FICTITIOUS[0], "Namn": "Alva Kvist", "E-post": "alva@exempel.se"}
    found = conformed(tmp_path, "personal", row, row | {"Roll": "Kung", "Anställd till": "alltid"})
    for table in (found.valid, found.failures, found.quarantined, found.protected):
        text = str(table.rows())
        assert not {secret for secret in (*FICTITIOUS, "Alva", "exempel") if secret in text}
    assert not {"personnummer", "namn", "e_post"} & set(found.valid.columns)


@pytest.mark.parametrize(
    ("text", "protected"), [("Ja", True), ("Nej", False), ("", False), ("-", False), ("kanske", True), ("2", True)]
)
def test_what_cannot_be_read_protects(tmp_path: Path, text: str, protected: bool) -> None:
    found = conformed(tmp_path, "personal", PERSON | {"Skyddade personuppgifter": text})
    assert found.valid["skyddade_personuppgifter"].to_list() == [protected]
    assert found.protected["key"].to_list() == ["A1"] * protected
    assert [value for _, _, value, _, _ in faults(found)] in ([], [None])


def test_without_the_column_everybody_is_protected(tmp_path: Path) -> None:
    headings = [name for name in REGISTERS["personal"].by_name if name != "Skyddade personuppgifter"]
    content = ";".join(headings) + "\n" + ";".join(PERSON.get(name, "") for name in headings) + "\n"
    found = read(tmp_path, "personal", content)
    assert found.valid["skyddade_personuppgifter"].to_list() == [True]
    assert faults(found) == []


def test_a_protected_person_in_quarantine_is_known(tmp_path: Path) -> None:
    found = conformed(tmp_path, "personal", PERSON | {"Skyddade personuppgifter": "Ja", "Enhet": ""})
    assert found.protected["key"].to_list() == ["A1"]


@pytest.mark.parametrize(
    ("secrecy", "text"), [("Nej", "Byt lås"), ("Ja", "sekretess"), ("", "sekretess"), ("?", "sekretess")]
)
def test_a_secret_recommendation_is_not_told(tmp_path: Path, secrecy: str, text: str) -> None:
    row = {
        "Rekommendations-id": "R1",
        "År": "2023",
        "Rekommendation": "Byt lås",
        "Status": "Ny",
        "Sekretess": secrecy,
    }
    assert conformed(tmp_path, "revision", row).valid["rekommendation"].to_list() == [text]


@pytest.mark.parametrize(
    ("text", "filled"), [("Rutin", True), (" TBD ", False), ("-", False), ("Vet ej", False), ("", False)]
)
def test_filled(tmp_path: Path, text: str, filled: bool) -> None:
    row = {"Ärende-id": "1", "Registrerad": "2023-10-31", "Typ": "Övrigt", "Skäl ej anmäld": text}
    rows = conformed(tmp_path, "personuppgiftsincidenter", row).valid
    assert rows["skal_ej_anmald_filled"].to_list() == [filled]
    assert "skal_ej_anmald" not in rows.columns
