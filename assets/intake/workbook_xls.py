"""What an old workbook (.xls) says of its cells and its reader doesn't: errors, and which epoch its dates count from.

Formulas always have a value there, if only an empty one (docs/spec/interfaces.md, Reading a file).
"""

import io
from pathlib import Path

from assets.intake.sheet_xml import NOT_AVAILABLE, SheetXml, WorkbookXml


def inspect_xls(path: Path) -> WorkbookXml:
    """The sheets in their order. Raises Refused where one is too large, and what xlrd raises of what is none."""
    import xlrd  # only where there is an old workbook

    with xlrd.open_workbook(path, logfile=io.StringIO(), on_demand=True) as book:
        return WorkbookXml([_sheet(book.sheet_by_index(index)) for index in range(book.nsheets)], book.datemode == 1)


def _sheet(sheet: "xlrd.sheet.Sheet") -> SheetXml:  # type: ignore[name-defined]  # noqa: F821
    import xlrd

    found = SheetXml(sheet.name)
    for row in range(sheet.nrows):
        for position, kind in enumerate(sheet.row_types(row)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            value = sheet.cell_value(row, position)
            error = xlrd.error_text_from_code.get(value, "") if kind == xlrd.XL_CELL_ERROR else None
            if error != NOT_AVAILABLE:
                found.add(row, position, error=error, has_value=bool(str(value).strip()))
    return found
