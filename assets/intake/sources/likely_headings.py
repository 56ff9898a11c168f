"""Which row of a file that nobody has described yet is its heading row: known headings, else what looks like them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assets.intake.headings import WITHIN_ROWS, Cells, Heading
from assets.intake.parsing import SPACES
from assets.intake.privacy import masked
from assets.intake.sources.heading_row import SourceHeadings
from assets.registers.comparable import heading_key

_NO_LABEL = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
"""What stands in rows, and in no heading."""
_LONGEST = 120
_SURE = 2
"""So many known headings make a heading row."""


@dataclass(frozen=True)
class LikelyHeadings(SourceHeadings):
    """The rule for a file of which only the register is known. What it takes for headings is written down, so a row
    of data must never do: the cells under it must be of another kind."""

    @property
    def most(self) -> int:
        return 1 << 30

    def find(self, rows: Sequence[Cells]) -> Heading | None:
        known = super().find(rows)
        rows = rows[:WITHIN_ROWS]
        if known is None or len(known.positions) < _SURE:
            index = next((index for index in range(len(rows)) if _heads(index, rows)), None)
        else:
            index = known.index
        if index is None:
            return None
        texts = tuple((cell or "").strip(SPACES) for cell in rows[index])
        keys = tuple(map(heading_key, texts))
        positions = {key: position for position, key in reversed(list(enumerate(keys))) if key}
        return Heading(index, keys, texts, positions, ())

    def is_sure(self, heading: Heading) -> bool:  # noqa: ARG002 – of several tables the widest is meant
        return self.source.read.sheets == "all"


def is_label_row(row: Cells) -> bool:
    """Whether every cell that says something could be a heading: no date, address or personal number."""
    texts = [text for cell in row if (text := (cell or "").strip(SPACES))]
    return bool(texts) and all(_is_label(text) for text in texts)


def _is_label(text: str) -> bool:
    has_letter = any(char.isalpha() for char in text) or (text.isdecimal() and len(text) <= 4)
    return has_letter and len(text) <= _LONGEST and not _NO_LABEL.search(text) and masked(text) == text


def _heads(index: int, rows: Sequence[Cells]) -> bool:
    """Whether the row could be headings, wide enough for the rows, and over a column of another kind than itself."""
    row, below = rows[index], rows[index + 1 :]
    width = max((_filled(row) for row in rows), default=0)
    if _filled(row) < 2 or 2 * _filled(row) < width or not is_label_row(row):
        return False
    return any(
        _is_plain(cell) and cells and all(any(char.isdigit() for char in text) for text in cells)
        for position, cell in enumerate(row)
        for cells in [_under(position, below)]
    )


def _filled(row: Cells) -> int:
    return sum(bool((cell or "").strip(SPACES)) for cell in row)


def _is_plain(cell: str | None) -> bool:
    return bool((cell or "").strip(SPACES)) and not any(char.isdigit() for char in cell or "")


def _under(position: int, below: Sequence[Cells]) -> list[str]:
    return [row[position] or "" for row in below if position < len(row) and (row[position] or "").strip(SPACES)]
