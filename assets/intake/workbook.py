"""A workbook → the rows under its heading row as text cells, whichever sheet they stand on.

docs/spec/interfaces.md, Reading a file; docs/spec/sources.md, section 2: a workbook with the heading row on several
sheets is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.intake.headings import WITHIN_ROWS, Heading, accept, find_heading
from assets.intake.marked_cells import left_out_columns, with_decoded_texts
from assets.intake.parsing import SPACES
from assets.intake.privacy import masked
from assets.intake.refusal import Refused
from assets.intake.sheet_xml import SheetXml, WorkbookXml
from assets.intake.unholdable import drop_from_columns
from assets.intake.workbook_cells import cells_reader, load_sheet
from assets.intake.workbook_xls import inspect_xls
from assets.intake.workbook_xml import inspect
from assets.registers.contract import Register
from assets.registers.refusal_reasons import EMPTY, NO_HEADING_ROW, SEVERAL_SHEETS


@dataclass(frozen=True)
class Rows:
    """`cells`: `row` (as the spreadsheet counts) and `0`, `1`, … of text, of the rows under the heading row; a cell
    whose value can't be had begins with `parsing.SPOILED`. `epoch_1904`: whether serials count from 1904. `dropped`:
    how many characters of the sheet no document can hold."""

    cells: pl.DataFrame
    heading: Heading
    epoch_1904: bool
    dropped: int


@dataclass(frozen=True)
class BookSheet:
    """One sheet of a workbook. `cells`: as its reader gives them, without row numbers. `read`: gives them as in
    `Rows`, with `row` and with those marked whose value can't be had, when it is told in which
    columns numbers with decimals stand. `epoch_1904`, `dropped`: as in `Rows`."""

    name: str
    cells: pl.DataFrame
    read: Callable[[Sequence[int]], pl.DataFrame]
    epoch_1904: bool
    dropped: int


def sheets_of(path: Path) -> Iterator[BookSheet]:
    """The sheets in their order. Raises Refused, and what its readers raise."""
    import fastexcel  # only where there is a workbook

    xml = inspect(path) or inspect_xls(path)
    workbook = fastexcel.read_excel(path.read_bytes())
    for index, name in enumerate(workbook.sheet_names):
        sheet, epoch_1904 = _of_sheet(xml, workbook.sheet_names, index), bool(xml and xml.epoch_1904)
        given = load_sheet(workbook, index, "string")
        left_out = left_out_columns(given, sheet) if sheet else 0
        cells, dropped = drop_from_columns(with_decoded_texts(given, sheet, left_out) if sheet else given)
        read = cells_reader(workbook, index, cells, sheet, left_out, epoch_1904=epoch_1904)
        yield BookSheet(name, cells, read, epoch_1904, dropped)


def read_workbook(path: Path, register: Register) -> Rows:
    """The rows of the one sheet that holds the heading row. Raises Refused where there is none or several, and what
    its readers raise."""
    found: list[tuple[BookSheet, Heading, bool]] = []
    reason = EMPTY
    for sheet in sheets_of(path):
        heading = find_heading(sheet.cells.head(WITHIN_ROWS).rows(), register)
        if heading:
            found.append((sheet, heading, says_something(sheet.cells.slice(heading.index + 1))))
        elif says_something(sheet.cells):
            reason = NO_HEADING_ROW
    if not found:
        raise Refused(reason)
    with_rows = [candidate for candidate in found if candidate[-1]]
    if len(with_rows) > 1:
        raise several_sheets(sheet.name for sheet, *_ in with_rows)
    sheet, heading, _ = (with_rows or found)[0]
    accept(heading, register)
    cells = sheet.read(_numbers(heading, register)).slice(heading.index + 1)
    return Rows(cells, heading, sheet.epoch_1904, sheet.dropped)


def several_sheets(names: Iterable[str]) -> Refused:
    """Why a workbook is refused in which these sheets could be meant."""
    return Refused(SEVERAL_SHEETS.format(sheets=", ".join(map(masked, names))))


def _numbers(heading: Heading, register: Register) -> list[int]:
    return [at for name, at in heading.positions.items() if register.by_name[name].type == "number"]


def _of_sheet(xml: WorkbookXml | None, names: Sequence[str], index: int) -> SheetXml | None:
    """What the XML says of the sheet: the one in its place, for a line end in a name is read in several ways. Where
    the reader hasn't the same sheets, as with charts, the one of its name."""
    if xml is None:
        return None
    if len(xml.sheets) == len(names):
        return xml.sheets[index]
    return next((sheet for sheet in xml.sheets if sheet.name == names[index]), None)


def says_something(cells: pl.DataFrame) -> bool:
    """Whether anything but blanks stands in some text cell."""
    texts = cells.select(pl.col(pl.String).str.strip_chars(SPACES).str.len_bytes().max().fill_null(0))
    return bool(texts.width and texts.height and max(texts.row(0)) > 0)
