"""An empty workbook to fill in: a register's headings, with notes, words to choose from and formats of days.

The first sheet is the delivery. What explains it lies on sheets of its own, on which no row can be taken for the
heading row: no cell of theirs is a heading and nothing more, among the rows where the intake looks for one. It reads
the sheet that has the heading row, and refuses a workbook in which several have.
"""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assets.publication.supply.guide import YES_NO, RegisterGuide, guide
from assets.registers.column import Column
from assets.registers.contract import Register

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

HELP_SHEET, WORDS_SHEET = "Så fyller du i", "Ordlistor"
_LAST_ROW, _MAX_SHEET_NAME = 1_048_575, 31
_FIRST_WORD = 40
"""The row, from 0, under which the words to choose from begin: below those where a heading row is looked for."""
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 – a fixed one, so that the same contract gives the same bytes
_FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "int": "0", "code": "@", "list": "@"}
"""Codes are texts, so that a spreadsheet makes no numbers and no days of them."""
_FIRST_DAY, _LAST_DAY = date(1955, 1, 1), date(2099, 12, 31)
_WIDTH = {"date": 13, "datetime": 18, "text": 30, "list": 24}


def example(column: Column) -> str:
    """What a cell of the column may hold: the contract's example, else one that its type suggests; empty where only
    the contract could tell."""
    if column.example or column.pii or column.pattern is not None:
        return column.example
    match column.type:
        case "enum":
            return column.values[0]
        case "bool":
            return YES_NO[1]
        case "date":
            return "2026-01-31"
        case "datetime":
            return "2026-01-31 14:05"
        case "int" | "number":
            return str(column.min if column.min is not None else 2026 if column.name == "År" else 1).replace(".", ",")
        case "code" | "list":
            return f"{column.name[:3].upper()}-001"
        case _:
            return "Text"


def blank_workbook(register: Register, registers: Mapping[str, Register]) -> bytes:
    """The register's workbook; the same contract gives the same bytes. `registers`: those that it may refer to."""
    from assets.publication.workbook.texts import TextWorkbook

    made = BytesIO()
    own = guide(register, registers)
    with TextWorkbook(made) as book:
        book.set_properties({"title": own.called, "author": "Lägesbild", "created": _MADE})
        sheet = book.add_worksheet(register.name[:_MAX_SHEET_NAME])
        _write_help(book, own, register)
        words = _write_words(book, register)
        _write_headings(book, sheet, own, register)
        for position, column in enumerate(register.columns):
            if rule := _rule(column, words):
                sheet.data_validation(1, position, _LAST_ROW, position, rule)
    return made.getvalue()


def _write_headings(book: "Workbook", sheet: "Worksheet", own: RegisterGuide, register: Register) -> None:
    """A heading with a star is of a column that every row fills."""
    styles = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"})
    for position, (column, words) in enumerate(zip(register.columns, own.columns, strict=True)):
        sheet.set_column(position, position, _WIDTH.get(column.type, 16), styles.get(column.type))
        sheet.write_string(0, position, column.name + " *" * column.req, heading)
        sheet.write_comment(0, position, words.note, {"x_scale": 2, "y_scale": 1.6, "author": "Lägesbild"})
    sheet.freeze_panes(1, 0)


def _write_help(book: "Workbook", own: RegisterGuide, register: Register) -> None:
    """What each column is, one a row, with the example of a filled row."""
    sheet = book.add_worksheet(HELP_SHEET)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34, wrapped)
    sheet.set_column(1, 1, 80, wrapped)
    sheet.set_column(2, 2, 30, wrapped)
    intro = [own.holds, own.delivery, f"Spara som {own.file} (med leveransens datum) i {own.place}."]
    for row, text in enumerate(intro):
        sheet.write_string(row, 0, text, bold if not row else None)
    at = len(intro) + 1
    for position, text in enumerate(("Kolumn i första bladet", "Vad som ska stå där", "Så kan det se ut")):
        sheet.write_string(at, position, text, bold)
    for row, (column, words) in enumerate(zip(register.columns, own.columns, strict=True), at + 1):
        sheet.write_string(row, 0, f"Kolumnen {column.name}")
        sheet.write_string(row, 1, words.note)
        if text := example(column):
            sheet.write_string(row, 2, f"t.ex. {text}")


def _write_words(book: "Workbook", register: Register) -> dict[str, str]:
    """The words to choose from, a column for each list of them; column → the range where its words stand."""
    lists = {column.name: column.values or YES_NO for column in register.columns if column.type in ("enum", "bool")}
    if not lists:
        return {}
    sheet = book.add_worksheet(WORDS_SHEET)
    sheet.hide()
    places: dict[tuple[str, ...], int] = {}
    for words in lists.values():
        if words not in places:
            places[words] = len(places)
            sheet.write_column(_FIRST_WORD, places[words], words)
    return {name: _range(places[words], len(words)) for name, words in lists.items()}


def _range(position: int, height: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    return f"='{WORDS_SHEET}'!{xl_range_abs(_FIRST_WORD, position, _FIRST_WORD + height - 1, position)}"


def _rule(column: Column, words: Mapping[str, str]) -> dict[str, Any] | None:
    """What Excel lets one write in the column: other things that the intake reads are asked about, not refused."""
    rule: dict[str, Any]
    match column.type:
        case "enum" | "bool":
            rule = {"validate": "list", "source": words[column.name]}
        case "date" | "datetime":
            rule = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
        case "int" | "number" if column.min is not None or column.max is not None:
            rule = {"validate": "integer" if column.type == "int" else "decimal"} | _limits(column)
        case _:
            return None
    return rule | {
        "error_type": "warning",
        "error_title": "Stämmer det?",
        "error_message": f"{column.name}: se noten i rubriken. Det här läses kanske inte in.",
    }


def _limits(column: Column) -> dict[str, Any]:
    if column.min is not None and column.max is not None:
        return {"criteria": "between", "minimum": column.min, "maximum": column.max}
    return (
        {"criteria": ">=", "value": column.min} if column.min is not None else {"criteria": "<=", "value": column.max}
    )
