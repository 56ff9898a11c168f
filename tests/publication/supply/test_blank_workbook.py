"""The empty workbooks: loaded as empty by the real intake, and whole when they are filled as their example says."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assets.intake.read_delivery import read_delivery
from assets.publication.supply.blank_workbook import HELP_SHEET, WORDS_SHEET, blank_workbook, example
from assets.registers.column import Column
from assets.registers.contract import Register
from tests.intake.contracts import contract
from tests.intake.delivered import REGISTERS

pytestmark = pytest.mark.slow

every_register = pytest.mark.parametrize("register", REGISTERS.values(), ids=list(REGISTERS))


def as_typed(column: Column) -> object:
    """The example as a spreadsheet holds it once it has been typed in."""
    text = example(column)
    if not text:
        return None
    match column.type:
        case "date":
            return date.fromisoformat(text)
        case "datetime":
            return datetime.fromisoformat(text)
        case "int":
            return int(text)
        case "number":
            return float(text.replace(",", "."))
        case _:
            return text


def blank(folder: Path, register: Register) -> Path:
    path = folder / f"{register.name}.xlsx"
    path.write_bytes(blank_workbook(register, REGISTERS))
    return path


def first_sheet(path: Path) -> Worksheet:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def headed(sheet: Worksheet, rule: DataValidation) -> object:
    [cells] = rule.sqref.ranges
    return sheet.cell(1, cells.min_col).value


@every_register
def test_it_is_an_empty_delivery_and_a_whole_one_when_it_is_filled(tmp_path: Path, register: Register) -> None:
    path = blank(tmp_path, register)
    rows, found = read_delivery(path, ".xlsx", register)
    assert (found.read, found.failures.height, rows.unknown, rows.missing) == (0, 0, [], [])

    book = openpyxl.load_workbook(path)
    book.worksheets[0].append([as_typed(column) for column in register.columns])
    book.save(path)
    rows, found = read_delivery(path, ".xlsx", register)
    assert (found.read, found.valid.height, found.failures.rows(), rows.unknown) == (1, 1, [], [])
    filled = [column for column in register.columns if example(column) and not column.pii]
    assert [column.name for column in filled if found.valid[column.slug].null_count()] == []


@every_register
def test_every_heading_says_what_it_is(tmp_path: Path, register: Register) -> None:
    sheet = first_sheet(blank(tmp_path, register))
    for cell, column in zip(sheet[1], register.columns, strict=True):
        assert cell.value == column.name + " *" * column.req
        assert cell.comment is not None
        assert column.about in cell.comment.text
        assert ("Krävs i varje rad" in cell.comment.text) == column.req


@every_register
def test_the_words_to_choose_from_are_the_contracts(tmp_path: Path, register: Register) -> None:
    path = blank(tmp_path, register)
    book, sheet = openpyxl.load_workbook(path), first_sheet(path)
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            place = rule.formula1.split("!")[1].replace("$", "")
            cells = book[WORDS_SHEET][place]
            offered[headed(sheet, rule)] = [cell.value for (cell,) in cells]
            assert [cells.max_row for cells in rule.sqref.ranges] == [1_048_576]
    assert offered == {
        column.name + " *" * column.req: list(column.values) or ["Ja", "Nej"]
        for column in register.columns
        if column.type in ("enum", "bool")
    }


def test_days_numbers_and_codes_have_their_formats(tmp_path: Path) -> None:
    register = contract(
        tmp_path,
        'Dag = { type = "date" }\nStund = { type = "datetime" }\nAndel = { type = "number", min = 0.5, max = 9 }\n'
        'Antal = { type = "int", min = 1 }\nMest = { type = "int", max = 4 }\n',
    )
    path = tmp_path / "prov.xlsx"
    path.write_bytes(blank_workbook(register, {}))
    sheet = first_sheet(path)
    rules = {
        headed(sheet, rule): (rule.type, rule.operator, rule.formula1, rule.formula2)
        for rule in sheet.data_validations.dataValidation
    }
    assert rules["Andel"] == ("decimal", None, "0.5", "9"), "between is what a rule without an operator is"
    assert rules["Antal"] == ("whole", "greaterThanOrEqual", "1", None)
    assert rules["Mest"] == ("whole", "lessThanOrEqual", "4", None)
    assert {rules["Dag"][0], rules["Stund"][0]} == {"date"}
    formats = [sheet.column_dimensions[letter].number_format for letter in "ABC"]
    assert formats == ["@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]


def test_other_spellings_of_a_word_are_told(tmp_path: Path) -> None:
    also = 'also_values = { Klar = ["Färdig"] }'
    register = contract(tmp_path, f'Status = {{ type = "enum", values = ["Klar"], {also} }}\n')
    path = tmp_path / "prov.xlsx"
    path.write_bytes(blank_workbook(register, {}))
    comment = first_sheet(path)["B1"].comment
    assert comment is not None
    assert "Klar (Färdig)" in comment.text


def test_the_same_contract_gives_the_same_bytes(tmp_path: Path) -> None:
    register = REGISTERS["styrdokument"]
    first = blank(tmp_path, register).read_bytes()
    assert blank(tmp_path, register).read_bytes() == first


def test_the_example_of_every_register_stands_beside_its_columns(tmp_path: Path) -> None:
    register = REGISTERS["risker"]
    sheet = openpyxl.load_workbook(blank(tmp_path, register))[HELP_SHEET]
    examples = {row[0].value: row[2].value for row in sheet.iter_rows()}
    assert examples["Kolumnen Risk-id"] == "t.ex. R-001"
    assert examples["Kolumnen Status"] == "t.ex. Aktiv"


def test_no_word_is_taken_for_a_heading(tmp_path: Path) -> None:
    """Not even of a register with one column that is required, whose name is also a word of a list."""
    head = 'about = "x"\nmode = "snapshot"\nkey = ["Risk"]\n[columns]\nRisk = { type = "text", req = true }\n'
    register = contract(tmp_path, '"Nivå" = { type = "enum", values = ["Risk", "Nivå"] }\n', head)
    path = tmp_path / "prov.xlsx"
    path.write_bytes(blank_workbook(register, {}))
    assert read_delivery(path, ".xlsx", register)[1].read == 0
