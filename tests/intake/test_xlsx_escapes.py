"""`_xHHHH_` in a workbook is the character that Excel shows, and a text that only looks so is that text."""

from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.workbook import sheets_of
from assets.intake.xlsx_escapes import unescape
from assets.publication.workbook.texts import TextWorkbook
from tests.intake.books import handmade_xlsx, sheet_xlsx
from tests.intake.delivered import delivered

DECODED = {
    "_x0041_": "A",
    "_x00e5__x00E5_": "åå",
    "a_x000D__x000A_b": "a\r\nb",
    "_x005F_x0041_": "_x0041_",
    "_x005f_xFFFE_": "_xFFFE_",
    "_x005F_": "_",
    "_x0041_x0042_": "Ax0042_",
    "_xD83D__xDE00_": "😀",
    "_X0041_ _x041_ _x00G1_": "_X0041_ _x041_ _x00G1_",
    "_xFFFE_E_xD800__xDC00_": "E\U00010000",
}
WAYS = {
    "in the cell": '<c r="B{0}" t="inlineStr"><is><t>{1}</t></is></c>',
    "in runs": '<c r="B{0}" t="inlineStr"><is><r><t>{1}</t></r><r><t>.</t></r></is></c>',
    "by a formula": '<c r="B{0}" t="str"><f>C1</f><v>{1}</v></c>',
}


def column(tmp_path: Path, content: bytes) -> pl.Series:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    (sheet,) = sheets_of(path)
    return sheet.cells[:, 0]


@pytest.mark.parametrize("way", WAYS)
def test_it_is_what_excel_shows_wherever_it_stands(tmp_path: Path, way: str) -> None:
    rows = [f'<row r="{number}">{WAYS[way].format(number, text)}</row>' for number, text in enumerate(DECODED, 1)]
    end = "." if way == "in runs" else ""
    assert column(tmp_path, handmade_xlsx("".join(rows))).to_list() == [decoded + end for decoded in DECODED.values()]


def test_no_character_is_made_of_two_runs() -> None:
    assert unescape("_xFF") + unescape("FE_") == "_xFFFE_"


def test_a_text_that_cells_share_is_what_it_was(tmp_path: Path) -> None:
    """As every writer of xlsx puts them: escaped where they look escaped."""
    looks_so = ["_xFFFE_", "_xD800_", "_x0041_", "a", "_xFFFF_ b"]
    assert column(tmp_path, sheet_xlsx([[text] for text in looks_so], left=3)).to_list() == looks_so


def test_a_heading_that_a_reader_would_not_know_is_known(tmp_path: Path) -> None:
    content = sheet_xlsx([["Enhet", "Verk\ufffesamhet"], ["E1", "Förskola"]])
    parsed, found = delivered(tmp_path, "enheter", content, ".xlsx")
    assert (found.valid["verksamhet"].to_list(), parsed.dropped_characters) == (["Förskola"], 1)


def test_a_sheet_is_known_though_its_name_has_a_line_end(tmp_path: Path) -> None:
    """What can't be read in it is marked: one reader makes a blank of the line end, and another doesn't."""
    enhet, verksamhet, first = (
        f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Enhet", "Verksamhet", "E1")
    )
    error = '<c t="e"><v>#NAME?</v></c>'
    content = handmade_xlsx(f"<row>{enhet}{verksamhet}</row><row>{first}{error}</row>", name="A\nB")
    _, found = delivered(tmp_path, "enheter", content, ".xlsx")
    assert found.failures.select("column", "rule").rows() == [("Verksamhet", "oläsbar")]


PIECES = st.sampled_from(
    ["_", "x", "0041", "005F", "x005f_", "_xFFFE_", "_xD800_", "<r>", "</r>", "&", "å", "A", " "]
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=7).map("".join), min_size=1, max_size=30))
def test_what_the_product_writes_it_reads(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    made = BytesIO()
    with TextWorkbook(made) as book:
        sheet = book.add_worksheet()
        for row, text in enumerate(texts):
            sheet.write(row, 0, f"|{text}" if text.isspace() else text)
    expected = [f"|{text}" if text.isspace() else text for text in texts]
    assert column(tmp_path_factory.mktemp("book"), made.getvalue()).to_list() == expected
