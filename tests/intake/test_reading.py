"""Files as they come: encodings, separators, the heading row, which rows count (docs/spec/interfaces.md,
Reading a file)."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from assets.intake import reading
from assets.intake.refusal import Refused
from tests.intake.delivered import delivered, read

PLAIN = "Indikator;År;Bedömning\nÅtkomst;2023;Delvis\nLokal anvisning;2023;Godtagbar\n"
NAMES = ["Åtkomst", "Lokal anvisning"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_every_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = read(tmp_path, "vor_indikatorer", PLAIN.replace(";", separator), encoding=encoding).valid
    assert rows["indikator"].to_list() == NAMES
    assert rows["row"].to_list() == [2, 3]


def test_windows_1252_has_its_own_signs(tmp_path: Path) -> None:
    content = PLAIN.replace("Åtkomst", "Åtkomst – “x” … Dušan").encode("cp1252")
    rows = read(tmp_path, "vor_indikatorer", content).valid
    assert rows["indikator"].to_list() == ["Åtkomst – “x” … Dušan", "Lokal anvisning"]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path, ending: str) -> None:
    lines = [
        "",
        "En rubrik",
        "",
        '"Indikator";"År";"Bedömning"',
        "",
        '"A\nb";2023;Delvis',
        "",
        "B;2023;Delvis",
        "",
        "",
    ]
    rows = read(tmp_path, "vor_indikatorer", ending.join(lines)).valid
    assert dict(zip(rows["row"], rows["indikator"], strict=True)) == {6: "A\nb", 8: "B"}


def test_titles_blanks_notes_and_repeated_headings_are_no_rows(tmp_path: Path) -> None:
    content = (
        "Uttag 2023-10-31;;\nIndikator*;ÅR: ;  Bedömning\nA;2023;Delvis\n;;\n \t;\u00a0;\nIndikator;År;bedömning\n"
        "B;2023;Delvis\nAntal rader: 2;;\n;;Slut\n"
    )
    found, conformed = delivered(tmp_path, "vor_indikatorer", content)
    assert conformed.valid["row"].to_list() == [3, 7]
    assert (conformed.read, found.notes) == (2, 2)


def test_stray_quotes_are_characters(tmp_path: Path) -> None:
    content = 'Indikator;År;Bedömning\nSkärm 5" bred;2023;Delvis\n"Sagt ""så""";2023;Delvis\n6" till;2023;Delvis\n'
    rows = read(tmp_path, "vor_indikatorer", content).valid
    assert rows["indikator"].to_list() == ['Skärm 5" bred', 'Sagt "så"', '6" till']
    assert rows["row"].to_list() == [2, 3, 4]


@pytest.mark.parametrize(
    "odd", ['Skärm 5" bred', '"En\nrad till"', "A;2023;Delvis;;;;med mera"], ids=["stray", "break", "wide"]
)
def test_an_odd_row_far_down_costs_no_other(tmp_path: Path, odd: str) -> None:
    row = odd if ";" in odd else f"{odd};2023;Delvis"
    content = PLAIN.splitlines()[0] + "\n" + "B;2023;Delvis\n" * 150 + row + "\n" + "C;2023;Delvis\n" * 150
    conformed = read(tmp_path, "vor_indikatorer", content)
    assert conformed.read == 301
    assert conformed.valid["row"].to_list() == ([151, 302] if odd.startswith("A;") else [151, 152, 302])


def test_ragged_rows_and_cells_without_a_heading(tmp_path: Path) -> None:
    content = "Indikator;År;Bedömning\nA;2023;Delvis;;\nB;2023;Delvis;extra\nC;2023\n"
    found, conformed = delivered(tmp_path, "vor_indikatorer", content)
    assert conformed.valid["indikator"].to_list() == ["A"]
    assert conformed.failures["rule"].to_list() == ["fel antal celler"] * 2
    assert (conformed.quarantined["row"].to_list(), found.unknown) == ([3, 4], [])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "filen är tom"),
        (b"\xef\xbb\xbf\r\n ; ;\r\n", "filen är tom"),
        (b"Hej!\nFilerna kommer.\n", "ingen rubrikrad"),
        ("Bedömning\nDelvis\n", "ingen rubrikrad"),
        ("Indikator;År\nA;2023\n", "kolumnen Bedömning saknas"),
        ("År;Bedömning;Kommentar\n2023;Delvis;\n", "kolumnen Indikator saknas"),
        ("Indikator;År;Bedömning;indikator *\nA;2023;Delvis;B\n", "två rubriker för kolumnen Indikator"),
        ("\n" * 30 + PLAIN, "ingen rubrikrad"),
        (b"\xff\xfe\x00", "filen går inte att läsa"),
    ],
    ids=[
        "nothing",
        "blanks",
        "no heading",
        "under half",
        "one lacks",
        "the first lacks",
        "twice",
        "row 31",
        "half a letter",
    ],
)
def test_what_refuses_the_whole_delivery(tmp_path: Path, content: str | bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, "vor_indikatorer", content)
    assert str(refused.value) == reason


def test_the_heading_row_may_be_the_thirtieth(tmp_path: Path) -> None:
    assert read(tmp_path, "vor_indikatorer", "\n" * 29 + PLAIN).valid["row"].to_list() == [31, 32]


def test_the_row_with_most_columns_is_the_heading_row(tmp_path: Path) -> None:
    content = "Indikator;År;Sida\n" + PLAIN
    assert read(tmp_path, "vor_indikatorer", content).valid["row"].to_list() == [3, 4]


def test_headings_and_no_rows_is_an_answer(tmp_path: Path) -> None:
    conformed = read(tmp_path, "vor_indikatorer", "Indikator;År;Bedömning\n")
    assert (conformed.read, conformed.valid.height) == (0, 0)


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".xlsm"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99])
def test_a_workbook_that_is_none_is_refused(tmp_path: Path, ending: str, content: bytes) -> None:
    with pytest.raises(Refused, match="filen går inte att läsa"):
        read(tmp_path, "vor_indikatorer", content, ending)


def test_whatever_a_reader_raises_is_a_refusal_without_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class PanicError(BaseException):
        pass

    def panics(*_: object) -> None:
        raise PanicError("18971009-9947")

    monkeypatch.setattr(reading, "_read_text", panics)
    with pytest.raises(Refused, match="filen går inte att läsa"):
        read(tmp_path, "vor_indikatorer", PLAIN)
    assert "PanicError" in caplog.text
    assert "18971009" not in caplog.text


def test_a_workbook_says_what_its_cells_hold(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Försättsblad").write(0, 0, "Klassningar")
        sheet = book.add_worksheet("Dolt")
        sheet.hide()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        headings = [
            "Klassnings-id",
            "Avser",
            "Avser-id",
            "Följer upp",
            "Genomförd",
            "K",
            "Krav totalt",
            "Krav uppfyllda",
            "Status",
        ]
        sheet.write_row(3, 1, headings)
        sheet.write_row(4, 1, [4711, "System", "0114", None])
        sheet.write_datetime(4, 5, date(2023, 10, 31), day)
        sheet.write_row(4, 6, [3, 60.0, "12", "Klar"])
        sheet.write_row(6, 1, ["K-2", "System", "S2", None, 45230, "2,0", 1200, True, "Klar"])
        sheet.write_formula(7, 1, "=NA()", None, "#N/A")
        sheet.write_row(7, 2, ["System", "S3", None, None, None, None, None, "Klar"])
    conformed = read(tmp_path, "klassningar", path.read_bytes(), ".xlsx")
    first, second = conformed.valid.to_dicts()
    assert (first["row"], first["klassnings_id"], first["avser_id"]) == (5, "4711", "0114")
    assert first["genomford"] == second["genomford"] == date(2023, 10, 31)
    assert (first["konfidentialitet"], first["krav_totalt"], first["krav_uppfyllda"]) == (3, 60, 12)
    assert (second["row"], second["konfidentialitet"], second["krav_totalt"], second["krav_uppfyllda"]) == (
        7,
        2,
        1200,
        None,
    )
    assert conformed.quarantined["row"].to_list() == [8], "an error cell is an empty one"


def test_a_date_cell_gives_no_time_of_day_and_the_text_midnight_does(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        stamp = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, ["Anställnings-id", "Kurskod", "Avsnitt", "Status", "Genomförd"])
        for row, person in enumerate(("A1", "A2", "A3", "A4"), start=1):
            sheet.write_row(row, 0, [person, "K", 0, "Genomförd"])
        sheet.write_datetime(1, 4, date(2023, 10, 31), stamp)
        sheet.write_string(2, 4, "2023-10-31 00:00:00")
        sheet.write_number(3, 4, 45230.604166666664)
        sheet.write_number(4, 4, 45230)
    rows = read(tmp_path, "utbildning", path.read_bytes(), ".xlsx").valid
    assert (rows["genomford"] == rows["genomford_last"]).to_list() == [False, True, True, False]
    assert rows["genomford"][2].isoformat() == "2023-10-31T13:30:00"


def test_a_stray_cell_in_the_last_corner_refuses_the_file_and_ends_no_process(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Indikator", "År", "Bedömning"])
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(Refused, match="filen går inte att läsa"):
        read(tmp_path, "vor_indikatorer", path.read_bytes(), ".xlsx")
