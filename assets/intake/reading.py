"""A delivered file → its rows as text cells, numbered as a spreadsheet numbers them, with the heading row found.

docs/spec/interfaces.md, "Reading a file". Nothing here knows what a cell means.
"""

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from assets.intake.delimited import SEPARATORS, Text, open_text, read_all
from assets.intake.headings import WITHIN_ROWS, Cells, Heading, accept, find_heading
from assets.intake.inbox import TEXT_ENDINGS
from assets.intake.parsing import SPACES
from assets.intake.refusal import EMPTY, NO_HEADING_ROW, UNREADABLE, Refused
from assets.registers.contract import Register

if TYPE_CHECKING:
    from fastexcel import DType

_MAX_CELLS = 30_000_000
_COLUMN, _ROW = re.compile(rb' r="([A-Z]{1,3})\d'), re.compile(rb' r="[A-Z]{0,3}(\d{1,7})"')
_MIDNIGHT = r"^\d{4}-\d{2}-\d{2}[ T]00:00:00$"


@dataclass(frozen=True)
class Sheet:
    """The rows of a file from its first one. Columns: `row` (1 = the file's first) and `0`, `1`, … of text."""

    cells: pl.DataFrame
    heading: Heading


def read(path: Path, ending: str, register: Register) -> Sheet:
    """The file's rows with the register's heading row among them; `ending` tells text from workbook.

    Raises Refused where the file is empty or its heading row won't do, and whatever its reader raises.
    """
    return _read_text(path, register) if ending in TEXT_ENDINGS else _read_workbook(path, register)


def _read_text(path: Path, register: Register) -> Sheet:
    text = open_text(path)
    heading, separator = None, ""
    for candidate in SEPARATORS:
        found = find_heading(list(islice(text.records(candidate), WITHIN_ROWS)), register)
        if found and (heading is None or len(found.positions) > len(heading.positions)):
            heading, separator = found, candidate
        if heading and len(heading.positions) == len(register.columns):
            break  # none can be better
    if heading is None and _says_nothing(text):
        raise Refused(EMPTY)
    heading = accept(heading, register)
    # one column more than headings, so that a separator at the end of every row costs no time
    return Sheet(_numbered(read_all(text, separator, len(heading.keys) + 1)), heading)


def _says_nothing(text: Text) -> bool:
    return not any(
        cell.strip(SPACES + "".join(SEPARATORS)) for record in text.records(SEPARATORS[0]) for cell in record
    )


def _read_workbook(path: Path, register: Register) -> Sheet:
    import fastexcel  # only where there is a workbook

    if _largest_box(path) > _MAX_CELLS:
        raise Refused(UNREADABLE)
    workbook = fastexcel.read_excel(path.read_bytes())
    reason = EMPTY
    for index, _ in enumerate(workbook.sheet_names):

        def load(dtype: "DType", columns: list[str] | None = None, index: int = index) -> pl.DataFrame:
            sheet = workbook.load_sheet(index, header_row=None, skip_rows=0, dtypes=dtype, use_columns=columns)
            return sheet.to_polars()

        cells = load("string")
        head: Sequence[Cells] = cells.head(WITHIN_ROWS).rows()
        heading = find_heading(head, register)
        if heading:
            return Sheet(_numbered(_bare_dates(cells, load)), accept(heading, register))
        if any(cell and cell.strip(SPACES) for row in cells.iter_rows() for cell in row):
            reason = NO_HEADING_ROW
    raise Refused(reason)


def _largest_box(path: Path) -> int:
    """Cells of the box around what stands in an xlsx sheet: the reader takes memory for all of them, and where there
    isn't so much the whole process ends. A single cell in the last corner makes 17 billion."""
    if not zipfile.is_zipfile(path):
        return 0
    largest = 0
    with zipfile.ZipFile(path) as book:
        for sheet in (name for name in book.namelist() if name.startswith("xl/worksheets/")):
            text = book.read(sheet)
            columns = max(set(_COLUMN.findall(text)), key=lambda letters: (len(letters), letters), default=b"A")
            width = reduce(lambda number, letter: 26 * number + letter - 64, columns, 0)
            largest = max(largest, width * max(map(int, set(_ROW.findall(text))), default=0))
    return largest


def _bare_dates(cells: pl.DataFrame, load: "Callable[[DType, list[str]], pl.DataFrame]") -> pl.DataFrame:
    """Date cells at midnight without their time: a date cell gives no time of day, the text `00:00` does.

    Both look alike as text, so the columns that hold such a text are read again as dates: only real date
    cells come back.
    """
    suspects = [
        column.name
        for column in cells.iter_columns()
        if column.dtype == pl.String and column.str.contains(_MIDNIGHT).any()
    ]
    if not suspects:
        return cells
    bare = []
    for name, date in zip(suspects, load("datetime", suspects).iter_columns(), strict=True):
        text = cells[name]
        is_date = text.str.contains(_MIDNIGHT) & date.is_not_null()
        bare.append(pl.select(pl.when(is_date).then(text.str.head(10)).otherwise(text)).to_series().alias(name))
    return cells.with_columns(bare)


def _numbered(cells: pl.DataFrame) -> pl.DataFrame:
    named = cells.rename({old: str(position) for position, old in enumerate(cells.columns)})
    return named.with_row_index("row", offset=1)
