"""What the XML of one sheet says of its cells and its reader doesn't: errors, formulas without a value, how far out
cells stand. The parts of a workbook are streamed."""

from array import array
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from assets.intake.refusal import Refused
from assets.registers.refusal_reasons import UNREADABLE

MAX_CELLS = 30_000_000
"""Cells of the box around what stands in a sheet: the reader takes memory for all of them."""

NOT_AVAILABLE = "#N/A"


@dataclass
class SheetXml:
    """One sheet. `spoiled`: cells whose value can't be had, by row and position from 0, with the error's text or an
    empty one. `texts`: those of cells in which the reader leaves escapes as they stand. `filled`: by position, the
    rows in which a value stands."""

    name: str
    spoiled: dict[tuple[int, int], str] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    filled: "dict[int, array[int]]" = field(default_factory=lambda: defaultdict(lambda: array("L")))
    height: int = 0
    width: int = 0
    in_order: bool = True

    def add(self, row: int, position: int, *, error: str | None, has_value: bool) -> None:
        """Raises Refused where the box around the cells grows too large."""
        self.height, self.width = max(self.height, row + 1), max(self.width, position + 1)
        if self.height * self.width > MAX_CELLS:
            raise Refused(UNREADABLE)
        if error is not None:
            self.spoiled[row, position] = error
        elif has_value:
            rows = self.filled[position]
            self.in_order &= not rows or rows[-1] < row
            rows.append(row)

    def refuse_twice(self) -> None:
        """Raises Refused where a cell is there twice: readers give one of them without a word."""
        if not self.in_order and any(len(set(rows)) < len(rows) for rows in self.filled.values()):
            raise Refused(UNREADABLE)


@dataclass(frozen=True)
class WorkbookXml:
    sheets: list[SheetXml]
    epoch_1904: bool = False


Attributes = dict[str, str]


@lru_cache(maxsize=1024)
def local_name(name: str) -> str:
    """The name without its prefix."""
    return name.rpartition(":")[2]


def parse_part(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
) -> None:
    """Streams a part to the handlers. Raises Refused where it defines entities, and what expat raises."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse  # entities may unpack without end
    parser.ParseFile(stream)


def _refuse(*_: object) -> None:
    raise Refused(UNREADABLE)
