"""A delivered file → the rows under its heading row as text cells, numbered as a spreadsheet numbers them.

docs/spec/interfaces.md, "Reading a file". Nothing here knows what a cell means.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.intake.delimited import read_text
from assets.intake.encoding import open_text
from assets.intake.headings import Heading
from assets.intake.inbox import TEXT_ENDINGS
from assets.intake.workbook import read_workbook
from assets.registers.contract import Register


@dataclass(frozen=True)
class Sheet:
    """The rows under the heading row. `cells`: `row` (1 = the file's first), `fault` (null, or the rule that the
    whole record breaks) and `0`, `1`, … of text. `separator`: of a text file. `epoch_1904`: whether date serials
    count from 1904."""

    cells: pl.DataFrame
    heading: Heading
    separator: str = ""
    epoch_1904: bool = False


def read(path: Path, ending: str, register: Register) -> Sheet:
    """The file's rows with the register's heading row found; `ending` tells text from workbook.

    Raises Refused where the file is empty or its heading row won't do, and whatever its reader raises.
    """
    return _read_text(path, register) if ending in TEXT_ENDINGS else _read_workbook(path, register)


def _read_text(path: Path, register: Register) -> Sheet:
    records = read_text(open_text(path), register)
    return Sheet(records.cells, records.heading, records.separator)


def _read_workbook(path: Path, register: Register) -> Sheet:
    rows = read_workbook(path, register)
    cells = rows.cells.select("row", pl.lit(None, pl.String).alias("fault"), pl.exclude("row"))
    return Sheet(cells, rows.heading, epoch_1904=rows.epoch_1904)
