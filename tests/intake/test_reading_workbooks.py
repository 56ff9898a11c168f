"""Workbooks: the first sheet with the heading row, hidden ones too, and what refuses one."""

import tempfile
from pathlib import Path

import pytest
import xlsxwriter

from assets.intake.refusal import Refused
from tests.intake.books import Cell, sheet_xlsx, xlsx
from tests.intake.delivered import delivered, read

HEADING = ["Indikator", "År", "Bedömning"]


def names(content: bytes, ending: str = ".xlsx") -> dict[int, str]:
    with tempfile.TemporaryDirectory() as folder:
        rows = read(Path(folder), "vor_indikatorer", content, ending).valid
    return dict(zip(rows["row"], rows["indikator"], strict=True))


def fill(sheet: xlsxwriter.worksheet.Worksheet, name: str, top: int = 0, left: int = 0) -> None:
    sheet.write_row(top, left, HEADING)
    sheet.write_row(top + 1, left, [name, 2023, "Delvis"])


def chart_first(book: xlsxwriter.Workbook) -> None:
    chart = book.add_chart({"type": "line"})
    book.add_chartsheet("Diagram").set_chart(chart)
    fill(book.add_worksheet("Data"), "A")
    chart.add_series({"values": "=Data!$B$2:$B$2"})


def hidden(book: xlsxwriter.Workbook, how: str) -> None:
    first, second = book.add_worksheet("Dolt"), book.add_worksheet("Synligt")
    fill(first, "A")
    second.write_row(0, 0, HEADING)
    second.activate()
    second.set_first_sheet()
    getattr(first, how)()


def after(book: xlsxwriter.Workbook, *before: list[str]) -> None:
    for row in before:
        book.add_worksheet().write_row(2, 1, row)
    fill(book.add_worksheet("åäö & <x> “=1+1” 😀"), "A")


def merged(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 8, "Titel över allt")
    sheet.merge_range(1, 0, 1, 5, "Uttag 2023-10-31")
    fill(sheet, "A", 2)


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (xlsx(chart_first), 2),
        (xlsx(lambda book: hidden(book, "hide")), 2),
        (xlsx(lambda book: hidden(book, "very_hidden")), 2),
        (xlsx(lambda book: after(book, [])), 2),
        (xlsx(lambda book: after(book, ["Försättsblad"], ["Bedömning", "x"])), 2),
        (xlsx(merged), 4),
        (sheet_xlsx([HEADING, ["A", 2023, "Delvis"]], top=28), 30),
        (sheet_xlsx([HEADING, ["A", 2023, "Delvis"]], top=29, left=5), 31),
        (sheet_xlsx([[None] * 300 + ["Titel"], HEADING, ["A", 2023, "Delvis"]], top=3), 6),
        (sheet_xlsx([["Indikator\n*", "  ÅR:", "Bedömning"], [], ["A", 2023, "Delvis"], HEADING]), 3),
    ],
    ids=["a chart first", "hidden", "very hidden", "an empty sheet first", "a cover first", "merged titles",
         "row 29", "row 30 from column F", "a wide title", "marked headings, blank and repeated rows"],
)  # fmt: skip
def test_where_the_rows_are_found(content: bytes, row: int) -> None:
    for ending in (".xlsx", ".xlsm", ".xls"):
        assert names(content, ending) == {row: "A"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (xlsx(lambda book: book.add_worksheet()), "filen är tom"),
        (xlsx(lambda book: book.add_worksheet().write_string(2, 2, " \u00a0\n")), "filen är tom"),
        (sheet_xlsx([["Hej"]]), "ingen rubrikrad"),
        (sheet_xlsx([HEADING], top=30), "ingen rubrikrad"),
        (sheet_xlsx([["Titel"], *[[]] * 29, HEADING]), "ingen rubrikrad"),
        (sheet_xlsx([HEADING[:2]]), "kolumnen Bedömning saknas"),
        (sheet_xlsx([[*HEADING, "År*"]]), "två rubriker för kolumnen År"),
        (b"Indikator;\xc5r;Bed\xf6mning\nA;2023;Delvis\n", "filen går inte att läsa"),
        (b"<html><table><tr><td>Indikator</td></tr></table></html>", "filen går inte att läsa"),
        (sheet_xlsx([HEADING])[:-30], "filen går inte att läsa"),
        (sheet_xlsx([HEADING])[:200], "filen går inte att läsa"),
    ],
    ids=["empty", "blanks", "no heading", "row 31", "row 31 under a title", "one lacks", "twice", "csv inside",
         "a web page inside", "its end cut off", "cut short"],
)  # fmt: skip
def test_what_refuses_a_workbook(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, "vor_indikatorer", content, ".xlsx")
    assert str(refused.value) == reason


def test_a_workbook_named_as_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        read(tmp_path, "vor_indikatorer", sheet_xlsx([HEADING, ["A", 2023, "Delvis"]]), ".csv")


def test_headings_and_no_rows_is_an_answer(tmp_path: Path) -> None:
    assert read(tmp_path, "vor_indikatorer", sheet_xlsx([HEADING]), ".xlsx").read == 0


def test_titles_notes_and_cells_without_heading(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["Uttag 2023-10-31"], [], HEADING, ["A", 2023, "Delvis"], [None, " "], ["Antal rader: 1"],
        ["B", 2023, "Delvis", None, "sedd"], [None, None, None, None, None, "fotnot"],
    ]  # fmt: skip
    found, conformed = delivered(tmp_path, "vor_indikatorer", sheet_xlsx(rows), ".xlsx")
    assert conformed.valid["row"].to_list() == [4, 7]
    assert (conformed.read, found.notes, found.unknown) == (2, 2, ["(utan rubrik)"])
