"""How a document's blocks are laid out, in Word as in the PDF: the widths of columns, and what isn't parted."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from assets.publication.document.model import Block, Paragraph, Table, has_number, text_of

SHORT_TABLE = 6
"""A table with so many rows at most isn't parted between two pages, nor from the text before it."""

_SIGNS, _PADDING = 90, 3
"""How many signs of a table's text its whole width holds, and how many the margins of a cell take, on the average."""

_HYPHENATED = 21
"""A longer word may be parted at a hyphen, unless there is a number in it."""


def fitted_widths(table: Table) -> tuple[float, ...]:
    """The widths of a table's columns in signs, changed where a column is too narrow for its longest word: it takes
    what it lacks from the others, from each as it has to spare. Where they have too little each gets by its longest
    word."""
    wanted = [_SIGNS * width / sum(table.widths) for width in table.widths]
    columns = zip(table.head, *((text_of(cell) for cell in row) for row in table.rows), strict=True)
    needed = [_PADDING + max(map(_unparted, " ".join(column).split()), default=0) for column in columns]
    lacking = sum(max(0.0, need - width) for need, width in zip(needed, wanted, strict=True))
    spare = sum(max(0.0, width - need) for need, width in zip(needed, wanted, strict=True))
    if not lacking:
        return tuple(wanted)
    left = max(0.0, 1 - lacking / spare) if spare else 0.0
    return tuple(need + max(0.0, width - need) * left for need, width in zip(needed, wanted, strict=True))


def _unparted(word: str) -> float:
    return 1.2 * len(word) if has_number(word) else min(len(word), _HYPHENATED)


def with_leads(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each text before a table marked as its `lead`: not to be parted from its first row."""
    return [
        replace(block, kind="lead")
        if isinstance(block, Paragraph) and block.kind == "text" and isinstance(following, Table)
        else block
        for block, following in zip_longest(blocks, blocks[1:])
    ]
