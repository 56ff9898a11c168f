"""What can't be read one way alone is refused, or not shown (docs/spec/sources.md, section 2)."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from assets.intake.read_delivery import read_delivery
from assets.intake.refusal import Refused
from assets.registers.read_contracts import read_register
from tests.intake.books import xlsx
from tests.intake.delivered import REGISTERS, delivered, read
from tests.intake.fictitious import PERSON
from tests.intake.places import Place

H = "Indikator;År;Bedömning"
SWEDISH = f"{H}\nÅtkomst för läsning;2023;Delvis\nÖversyn;2024;Godtagbar\n"


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (SWEDISH.encode() + "Påskrift;2024;Delvis\n".encode("cp1252"), 4),
        (SWEDISH.encode("cp1252") + "Påskrift;2024;Delvis\n".encode(), 4),
        (SWEDISH.encode() + "Påskrift;2024;Delvis\n".encode().decode("cp1252").encode(), 4),
        (SWEDISH.encode("mac_roman"), 1),
        (SWEDISH.encode("cp850"), 1),
        (SWEDISH.encode() + b"P\xc3", 4),
    ],
    ids=["one row of Windows-1252", "one row of UTF-8", "encoded twice", "Mac Roman", "DOS", "cut inside a letter"],
)
def test_mixed_encodings_are_refused_with_the_first_place(tmp_path: Path, content: bytes, row: int) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, "vor_indikatorer", content)
    assert str(refused.value) == f"filen blandar teckenkodningar, först på rad {row}"


def test_the_heading_row_on_several_sheets(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("2025", "2026"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, H.split(";"))
            sheet.write_row(1, 0, ["A", 2023, "Delvis"])

    with pytest.raises(Refused, match=r"^flera blad har rubrikraden: 2025, 2026$"):
        read(tmp_path, "vor_indikatorer", xlsx(fill), ".xlsx")


def test_no_sheet_s_name_tells_of_a_person(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("alva@exempel.se", "bo\u200b@exempel.se", PERSON, f"{PERSON[:8]}\u200b{PERSON[8:]}"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, H.split(";"))
            sheet.write_row(1, 0, ["A", 2023, "Delvis"])

    with pytest.raises(Refused) as refused:
        read(tmp_path, "vor_indikatorer", xlsx(fill), ".xlsx")
    assert str(refused.value).split(": ")[1] == "[e-post], [e-post], [personnummer], [personnummer]"


def test_a_column_that_names_several_organisations(tmp_path: Path) -> None:
    rows = f"Förvaltning;{H}\nFarsta;A;2023;Delvis\n{{}};B;2023;Delvis\n"
    assert read(tmp_path, "vor_indikatorer", rows.format("FARSTA")).valid.height == 2
    with pytest.raises(Refused, match=r"^kolumnen Förvaltning nämner flera organisationer$"):
        read(tmp_path, "vor_indikatorer", rows.format("Järva"))


def test_serials_of_a_workbook_count_from_its_epoch(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Omvärlds-id", "Datum", "Område", "Händelse"])
        sheet.write_row(1, 0, ["1", 43768, "Lag", "x"])
        sheet.write_row(2, 0, ["2", None, "Lag", "x"])
        sheet.write_datetime(2, 1, date(2023, 10, 31), day)
        sheet.write_row(3, 0, ["3", None, "Lag", "x"])
        sheet.write_number(3, 1, 0, day)

    found = read(tmp_path, "omvarldsbevakning", xlsx(fill, date_1904=True), ".xlsx")
    assert found.valid["datum"].to_list() == [date(2023, 10, 31)] * 2
    assert found.failures.select("row", "column", "rule").rows() == [(4, "Datum", "oläsbar")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2023-13-45", "2023-13-45"), ("Genomförtd", "Genomförtd"), ("Ej genomförd", "Ej genomförd"),
        ("Completed (set by Sixten Hemlighet)", "[visas inte]"), ("Klar", "[visas inte]"),
    ],
)  # fmt: skip
def test_what_quarantine_shows(tmp_path: Path, text: str, value: str) -> None:
    rows = f"Anställnings-id;Kurskod;Avsnitt;Status;Genomförd\nA1;K;0;{text};2023-01-01\n"
    assert read(tmp_path, "utbildning", rows).failures["value"].to_list() == [value]


def test_an_email_among_codes_lands_as_its_keyed_hash(tmp_path: Path) -> None:
    place = Place(tmp_path)
    row = "Anställnings-id;Kurskod;Avsnitt;Status;Genomförd\n{};K;0;Genomförd;2023-01-01\n"
    place.deliver("utbildning_2026-10-30.csv", row.format("sixten@example.se"))
    place.deliver("utbildning_2026-10-31.csv", row.format(" Sixten@Example.se") + "A1;K;1;Genomförd;2023-01-01\n")
    place.night()
    first, second = (rows["anstallnings_id"][0] for rows in place.rows("utbildning"))
    assert first == second
    assert first.startswith("hash:")
    assert not [path for path, content in place.files("raw").items() if b"ixten" in content]
    key = tmp_path / "keys" / "lookup.key"
    assert (key.stat().st_mode & 0o777, len(key.read_bytes())) == (0o600, 32)


def test_each_row_of_a_register_without_a_key_is_its_own(tmp_path: Path) -> None:
    contract = tmp_path / "besok.toml"
    contract.write_text(
        'about = "x"\nmode = "accumulate"\nkey = []\n[columns]\n'
        'Dag = { type = "date", req = true }\nRum = { type = "code", req = true }\n',
        encoding="utf-8",
    )
    path = tmp_path / "besok.csv"
    path.write_text("Dag;Rum\n2026-01-01;A\n2026-01-01;A\n2026-01-02;A\ni går;A\n", encoding="utf-8")
    _, found = read_delivery(path, ".csv", read_register(contract))
    assert (found.read, found.valid.height, found.duplicates) == (4, 3, 0)
    assert found.valid["row_key"].to_list() == ["2026-01-01 / A #1", "2026-01-01 / A #2", "2026-01-02 / A #1"]
    assert found.quarantined["key"].to_list() == [None]


def test_notes_and_unknown_and_missing_columns_are_counted(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.deliver(
        "vor_indikatorer_2026-10-31.csv",
        "Indikator;År;Bedömning;Plan;Färg\nA;2026;Delvis;1;2\nAntal: 1;;;;\nUttag, 2026;;;;\n",
    )
    place.night()
    row = place.deliveries().filter(status="i kraft").row(0, named=True)
    missing = len(REGISTERS["vor_indikatorer"].columns) - 3
    assert (row["notes"], row["unknown_columns"], row["missing_columns"]) == (2, 2, missing)
    parsed, _ = delivered(tmp_path, "enheter", "Enhet;Verksamhet\nE1;Förskola\n")
    assert parsed.notes == 0


def test_marks_that_keep_a_spreadsheet_from_making_numbers_are_undone(tmp_path: Path) -> None:
    rows = read(tmp_path, "enheter", 'Enhet;Verksamhet\n="00124";Förskola\n\'00125;Förskola\n').valid
    assert rows["enhet"].to_list() == ["00124", "00125"]


def test_apostrophes_around_every_text_are_quotes(tmp_path: Path) -> None:
    rows = read(tmp_path, "vor_indikatorer", "'Indikator','År','Bedömning'\n'A, b',2023,'Delvis'\n").valid
    assert rows["indikator"].to_list() == ["A, b"]
