"""Where a text file's heading row is, and which separator it shows."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from assets.intake.headings import WITHIN_ROWS, Heading, HeadingRule
from assets.intake.record_shapes import SEPARATORS
from assets.intake.records import cells_of, grammar, join_lines
from assets.intake.refusal import Refused
from assets.registers.refusal_reasons import OPEN_QUOTE

_MAX_LINES = 3000


@dataclass(frozen=True)
class Head:
    heading: Heading
    separator: str
    line: int
    """How many lines come before the first one under the heading row."""


def find_head(lines: pl.Series, rule: HeadingRule) -> Head | None:
    """The heading row under the separator that recognises the most columns. Raises Refused where it is broken."""
    best: Head | None = None
    head = lines.head(_MAX_LINES)
    for separator in SEPARATORS:
        form = grammar(separator)
        records = join_lines(head, form, lambda _: False).head(WITHIN_ROWS)
        cells = [cells_of(text, form) if text is not None else [] for text in records["text"]]
        found = rule.find(cells)
        if found is None and records["text"].null_count():
            _refuse_open_quote(head, records, separator, rule)
        if found and (best is None or len(found.positions) > len(best.heading.positions)):
            _refuse_long_heading(cells[found.index], separator)
            ends = records["text"][found.index].count("\n") + 1
            best = Head(found, separator, records["line"][found.index] + ends)
        if best and len(best.heading.positions) == rule.most:
            break  # none can be better
    return best


def _refuse_open_quote(lines: pl.Series, records: pl.DataFrame, separator: str, rule: HeadingRule) -> None:
    """Raises Refused where a broken line is the heading row."""
    broken = records.filter(pl.col("text").is_null())["line"]
    loose = [[cell.strip(' "') for cell in lines[line].split(separator)] for line in broken]
    if rule.find(loose):
        raise Refused(OPEN_QUOTE)


def _refuse_long_heading(cells: Sequence[str], separator: str) -> None:
    """A heading over several lines that holds the separator has swallowed the rows under it."""
    if any("\n" in cell and separator in cell for cell in cells):
        raise Refused(OPEN_QUOTE)
