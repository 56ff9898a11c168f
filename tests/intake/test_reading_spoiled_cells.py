"""Cells of workbooks that hold something their reader gives as empty: listed as unreadable, never silently empty."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from assets.intake.contract_result import ContractResult
from assets.intake.refusal import Refused
from tests.intake.books import Cell, handmade_xlsx, ods, sheet_xlsx
from tests.intake.delivered import read
from tests.intake.test_cases import CASES, case

HEADING = ["Rekommendations-id", "År", "Rekommendation", "Status", "Sekretess"]
ROW: Sequence[Cell] = ["R1", 2023, "Allt", "Ny", "Nej"]


def text(reference: str, content: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{content}</t></is></c>'


def row(number: int, *cells: str) -> str:
    """A row of handmade XML; what isn't given stands as in ROW."""
    given = {cell.split('r="')[1][0]: cell for cell in cells}
    own = (
        given.get(letter, text(f"{letter}{number}", str(value))) for letter, value in zip("ABCDE", ROW, strict=True)
    )
    return f'<row r="{number}">{"".join(own)}</row>'


TITLES = (
    f'<row r="1">{"".join(text(f"{letter}1", name) for letter, name in zip("ABCDE", HEADING, strict=True))}</row>'
)


def faults(found: ContractResult) -> list[tuple[object, ...]]:
    return found.failures.select("row", "column", "value", "rule").rows()


@pytest.mark.parametrize(
    ("cell", "is_found"),
    [
        ('<c r="E2"><f>A1</f></c>', True),
        ('<c r="E2"><f>A1</f><v></v></c>', True),
        ('<c r="E2"><f>A1</f><v/></c>', True),
        ('<c r="E2" t="n"><f>A1</f><v/></c>', True),
        ('<c r="E2"><f t="shared" si="0"/></c>', True),
        ('<c r="E2" t="str"><f>A1</f></c>', True),
        ('<c r="E2" t="str"><f>A1</f><v></v></c>', False),
        ('<c r="E2"/>', False),
    ],
)
def test_a_formula_without_a_value_is_listed_and_one_that_gives_nothing_is_empty(
    tmp_path: Path, cell: str, is_found: bool
) -> None:
    found = read(tmp_path, "revision", handmade_xlsx(TITLES + row(2, cell)), ".xlsx")
    assert found.valid.height == 1
    assert faults(found) == ([(2, "Sekretess", None, "oläsbar")] if is_found else [])


def test_what_openpyxl_writes_of_formulas_has_no_values(tmp_path: Path) -> None:
    book, target = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(HEADING)
    book.active.append([*ROW[:4], '=IF(1,"Ja","Nej")'])
    book.save(target)
    found = read(tmp_path, "revision", target.getvalue(), ".xlsx")
    assert faults(found) == [(2, "Sekretess", None, "oläsbar")]


@pytest.mark.parametrize(
    "rows",
    [row(2) + row(2), row(3) + row(2) + row(3), row(2, text("E2", "Nej") + text("E2", "Ja"))],
    ids=["a row", "a row far from itself", "a cell"],
)
def test_a_cell_that_is_there_twice_refuses_the_workbook(tmp_path: Path, rows: str) -> None:
    with pytest.raises(Refused, match="filen går inte att läsa"):
        read(tmp_path, "revision", handmade_xlsx(TITLES + rows), ".xlsx")


@pytest.mark.parametrize("name", ["xl/sheet.xml", "XL/Sheet.xml", "xl/workbook.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_refuse_the_workbook(tmp_path: Path, name: str) -> None:
    """What is looked through would be one of them, and what is read the other."""
    content = io.BytesIO(handmade_xlsx(TITLES + row(2)))
    with zipfile.ZipFile(content, "a") as book:
        book.writestr(name, "<worksheet/>")
    with pytest.raises(Refused, match="filen går inte att läsa"):
        read(tmp_path, "revision", content.getvalue(), ".xlsx")


def test_rows_out_of_order_are_read_where_they_stand(tmp_path: Path) -> None:
    content = handmade_xlsx(TITLES + row(5, text("A5", "R5")) + row(3, text("A3", "R3")))
    found = read(tmp_path, "revision", content, ".xlsx")
    assert found.valid.select("row", "rekommendations_id").rows() == [(3, "R3"), (5, "R5")]


def test_characters_that_no_document_can_hold_are_dropped(tmp_path: Path) -> None:
    content = handmade_xlsx(TITLES + row(2, text("C2", "A_x0001_B_x001F_C_x000A_D")))
    assert read(tmp_path, "revision", content, ".xlsx").valid["rekommendation"].to_list() == ["ABC\nD"]


@pytest.mark.parametrize("left", [0, 1, 4])
@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_cells_are_marked_where_they_stand_wherever_the_table_begins(tmp_path: Path, ending: str, left: int) -> None:
    heading = ["Rekommendations-id", "Enhet", "År", "Rekommendation", "Status", "Sekretess"]
    rows: list[list[Cell]] = [
        heading,
        ["R1", None, 2023, "Allt", "Ny", None],
        ["R2", "E2", 2023, "Allt", "Ny", "Nej"],
    ]
    margin: list[Cell] = [None] * left
    if ending == ".ods":
        content = ods(("Data", [[*margin, *row] for row in rows]))
    else:
        content = sheet_xlsx(rows, top=2, left=left)
    found = read(tmp_path, "revision", content, ending)
    assert faults(found) == []
    assert found.valid["rekommendations_id"].to_list() == ["R1", "R2"]


def test_an_error_is_listed_in_its_own_column_of_a_table_with_a_margin(tmp_path: Path) -> None:
    shifted = {letter: chr(ord(letter) + 2) for letter in "ABCDE"}
    content = TITLES + row(2, '<c r="E2" t="e"><v>#NAME?</v></c>')
    for letter in reversed("ABCDE"):
        content = content.replace(f'r="{letter}', f'r="{shifted[letter]}')
    found = read(tmp_path, "revision", handmade_xlsx(content), ".xlsx")
    assert faults(found) == [(2, "Sekretess", "#NAME?", "oläsbar")]


_OWN = '<table:table-cell office:value-type="string"><text:p>Nej</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("cell", "is_found"),
    [
        ("<table:table-cell><text:p>Nej</text:p></table:table-cell>", True),
        ('<table:table-cell table:formula="of:=A1"/>', True),
        ("<table:table-cell/>", False),
        ("<table:table-cell><office:annotation><text:p>En kommentar</text:p></office:annotation></table:table-cell>",
         False),
        (_OWN.replace("Nej", "N<text:span>ej</text:span>"), False),
    ],
    ids=["no type", "no value", "empty", "a comment", "a span"],
)  # fmt: skip
def test_a_cell_that_the_reader_of_ods_passes_over_is_listed(tmp_path: Path, cell: str, is_found: bool) -> None:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(ods(("Data", [HEADING, ROW])))) as source,
        zipfile.ZipFile(target, "w") as book,
    ):
        for name in source.namelist():
            book.writestr(name, source.read(name).replace(_OWN.encode(), cell.encode()))
    found = read(tmp_path, "revision", target.getvalue(), ".ods")
    assert faults(found) == ([(2, "Sekretess", None, "oläsbar")] if is_found else [])


@pytest.mark.parametrize("name", ["old_workbook_1900.xls", "old_workbook_1904.xls"])
def test_old_workbooks_too(name: str) -> None:
    """A date cell, a serial without a date's format, #NAME? and #N/A; the second begins in D10, in another epoch."""
    _, found = case(name, "utbildning")
    assert {str(day) for day in found.valid["genomford_day"]} == {"2023-10-31"}
    assert found.valid.height == 2
    rules = found.failures.select("column", "value", "rule").rows()
    assert rules == [("Genomförd", "#NAME?", "oläsbar"), ("Genomförd", None, "villkor")]
    assert CASES.joinpath(name).read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
