"""What each kind of a workbook's cells says: texts, numbers, errors, yes and no, dates."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.books import Cell, sheet_xlsx, xlsx
from tests.intake.delivered import read

HEADING = ["Indikator", "År", "Bedömning"]
COMPLETIONS = ["Anställnings-id", "Kurskod", "Avsnitt", "Status", "Genomförd"]
STOCKHOLM = ZoneInfo("Europe/Stockholm")
ERRORS = ["#N/A", "#NAME?", "#DIV/0!", "#REF!", "#VALUE!", "#NULL!", "#NUM!"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (114, "114"), (4711.0, "4711"), ("0114", "0114"), (123456789012, "123456789012"), (-3, "-3"), (0, "0"),
        (999999999999999, "999999999999999"), (1e15, "1000000000000000"), (" A\u00a0", "A"), ("a\nb", "a\nb"),
        ("'x", "'x"), ("=1+1", "=1+1"), (0.5, "0.5"), (100.10, "100.1"), ("1E5", "1E5"), ("2023-10-31", "2023-10-31"),
        (date(2023, 10, 31), "2023-10-31"), ("\u00c5", "\u00c5"), ("x" * 32_000, "x" * 32_000),
    ],
)  # fmt: skip
def test_what_a_cell_says_in_a_code_or_text(tmp_path: Path, cell: Cell, code: str) -> None:
    content = sheet_xlsx([HEADING, [cell, 2023, "Delvis"]])
    rows = read(tmp_path, "vor_indikatorer", content, ".xlsx").valid
    assert rows["indikator"].to_list() == [code]


def test_an_error_cell_is_listed_as_unreadable_and_one_without_a_value_as_empty(tmp_path: Path) -> None:
    def book(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        for row, error in enumerate(ERRORS, 1):
            sheet.write_row(row, 0, ["A", 2000 + row, "Delvis"])
            sheet.write_formula(row, row % 3, "=1", None, error)

    found = read(tmp_path, "vor_indikatorer", xlsx(book), ".xlsx")
    assert [(row, column, value, rule) for row, column, value, rule, _ in found.failures.sort("row").rows()] == [
        (row, HEADING[(row - 1) % 3], None if error == "#N/A" else error, "krävs" if error == "#N/A" else "oläsbar")
        for row, error in enumerate(ERRORS, 2)
    ]


@pytest.mark.parametrize(("cell", "expected"), [(True, True), (False, False), (1, True), (0, False), ("Ja", True)])
def test_yes_and_no_as_cells_of_every_kind(tmp_path: Path, cell: Cell, expected: bool) -> None:
    content = sheet_xlsx([["Enhet", "Verksamhet", "NIS"], ["E1", "Förskola", cell]])
    assert read(tmp_path, "enheter", content, ".xlsx").valid["nis"].to_list() == [expected]


@pytest.mark.parametrize("options", [{}, {"date_1904": True}], ids=["1900", "1904"])
@pytest.mark.parametrize(("top", "left"), [(0, 0), (9, 0), (0, 3), (4, 1)])
def test_date_cells_say_their_second_and_at_midnight_only_their_day(
    tmp_path: Path, top: int, left: int, options: dict[str, bool]
) -> None:
    moments = [datetime(2023, 10, 31), *(datetime(2023, 10, 1) + timedelta(seconds=7919 * n) for n in range(1, 99))]  # noqa: DTZ001
    rows: list[list[Cell]] = [["A", "K", n, "Genomförd", moment] for n, moment in enumerate(moments)]
    content = sheet_xlsx([COMPLETIONS, *rows], top, left, **options)
    found = read(tmp_path, "utbildning", content, ".xlsx").valid
    assert found["row"].to_list() == [top + 2 + n for n in range(len(moments))]
    instants = [
        moment.replace(tzinfo=STOCKHOLM).astimezone(ZoneInfo("UTC")).replace(tzinfo=None) for moment in moments
    ]
    assert found["genomford"].to_list() == instants
    assert (found["genomford"] != found["genomford_last"]).to_list() == [True, *[False] * 98]


@pytest.mark.parametrize("cell", [date(2023, 10, 31), datetime(2023, 10, 31), 45230])  # noqa: DTZ001
@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_day_in_any_column_beside_texts_like_it(tmp_path: Path, cell: Cell, position: int) -> None:
    """Two columns hold midnights as text too: a date cell is told from those, whatever stands around it."""
    headings = ["Kännedom", "Upptäckt", "Inträffad"]
    cells: list[Cell] = ["2023-10-31 00:00:00"] * 3
    cells[position] = cell
    needed = ["Ärende-id", "Registrerad", "Typ", "Risk", "Anmäld IMY", "Skäl ej anmäld", "Registrerade informerade",
              "Åtgärd klar senast", "Åtgärd klar"]  # fmt: skip
    content = sheet_xlsx([[*headings, *needed], [*cells, "Å1", "2023-10-31", "Övrigt"]], left=2)
    row = read(tmp_path, "personuppgiftsincidenter", content, ".xlsx").valid.row(0, named=True)
    for slug, cell in zip(("kannedom", "upptackt", "intraffad"), cells, strict=True):
        assert (row[slug] == row[f"{slug}_last"]) == isinstance(cell, str)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12), max_size=6))
def test_any_texts_are_read_as_they_stand(cells: list[str]) -> None:
    rows: list[list[Cell]] = [[cell, 2000 + number, "Delvis"] for number, cell in enumerate(cells)]
    with tempfile.TemporaryDirectory() as folder:
        found = read(Path(folder), "vor_indikatorer", sheet_xlsx([HEADING, *rows]), ".xlsx")
    assert found.read == len(cells)
    loaded = dict(zip(found.valid["ar"], found.valid["indikator"], strict=True))
    assert loaded.items() <= {2000 + number: _trimmed(cell) for number, cell in enumerate(cells)}.items()


def _trimmed(text: str) -> str:
    return text.strip(" \t\r\n\u000b\u000c\u00a0\u2007\u2009\u200b\u202f\ufeff")
