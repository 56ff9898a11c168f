"""A delivered file → the rows under its heading row as text cells, numbered as a spreadsheet numbers them.

docs/spec/interfaces.md, "Reading a file". Nothing here knows what a cell means.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.intake.delimited import read_text
from assets.intake.encoding import open_text
from assets.intake.headings import ContractHeadings, Heading, accept, find_heading
from assets.intake.inbox_names import DOCUMENT_ENDING, TEXT_ENDINGS
from assets.intake.signed_document import read_decisions
from assets.intake.workbook import read_workbook
from assets.registers.contract import Register
from assets.settings import DEFAULT_LIMITS


@dataclass(frozen=True)
class Sheet:
    """The rows under the heading row. `cells`: `row` (1 = the file's first), `fault` (null, or the rule that the
    whole record breaks) and `0`, `1`, … of text. `separator`: of a text file. `epoch_1904`: whether date serials
    count from 1904. `dropped`: how many characters were left out that no document can hold."""

    cells: pl.DataFrame
    heading: Heading
    separator: str = ""
    epoch_1904: bool = False
    dropped: int = 0

    @property
    def layout(self) -> object:
        """What sheets that are laid out alike have in common: all, beside their register, that decides how their rows
        are read."""
        where = tuple(self.heading.positions.items())
        return self.heading.keys, where, tuple(self.cells.columns), self.separator, self.epoch_1904


def read(path: Path, ending: str, register: Register) -> Sheet:
    """The file's rows with the register's heading row found; `ending` tells text, workbook and document apart.

    Raises Refused where the file is empty or its heading row won't do, and whatever its reader raises.
    """
    if ending == DOCUMENT_ENDING:
        return _read_document(path, register)
    return _read_text(path, register) if ending in TEXT_ENDINGS else _read_workbook(path, register)


def _read_text(path: Path, register: Register) -> Sheet:
    text = open_text(path)
    records = read_text(text, ContractHeadings(register))
    return Sheet(records.cells, records.heading, records.separator, dropped=text.dropped)


def _read_document(path: Path, register: Register) -> Sheet:
    decisions = read_decisions(path, DEFAULT_LIMITS)
    heading = accept(find_heading([decisions.columns], register), register)
    names = {str(position): pl.Series(texts, dtype=pl.String) for position, texts in enumerate(decisions.cells)}
    cells = pl.DataFrame({"row": pl.Series(decisions.rows, dtype=pl.UInt32), **names})
    return Sheet(cells.select("row", pl.lit(None, pl.String).alias("fault"), pl.exclude("row")), heading)


def _read_workbook(path: Path, register: Register) -> Sheet:
    rows = read_workbook(path, register)
    cells = rows.cells.select("row", pl.lit(None, pl.String).alias("fault"), pl.exclude("row"))
    return Sheet(cells, rows.heading, epoch_1904=rows.epoch_1904, dropped=rows.dropped)
