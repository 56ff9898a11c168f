"""Which headings of a file may be what a column asks for, and which are over personal data."""

from collections.abc import Mapping

import polars as pl
from rapidfuzz import fuzz, process

from assets.intake.parsing import SPOILED, null_if_blank
from assets.intake.privacy import with_address
from assets.personal_numbers import holds_number
from assets.registers.column import Column
from assets.registers.comparable import heading_key
from assets.registers.contract import Register

NEAR = 70
"""How alike, of 100, a heading must be to be offered for a column."""
MAX_OFFERED = 3
DATES = frozenset({"date", "datetime"})
_SAME = 80
"""How alike, of 100, a heading is to one of personal data that may be its own."""


def texts_of(cells: pl.Series) -> pl.Series:
    """What the cells say, without the empty ones and those whose value can't be had."""
    texts = pl.select(null_if_blank(pl.lit(cells), "code")).to_series().drop_nulls()
    return texts.filter(~texts.str.starts_with(SPOILED))


def offered_for(column: Column, left: list[str], dates: list[str]) -> list[str]:
    """The headings most like those of the column; of a date's also those over dates."""
    keys = {name: heading_key(name) for name in left if name in dates or column.type not in DATES}
    scores = {
        name: max(_likeness(heading_key(heading), key) for heading in column.headings) for name, key in keys.items()
    }
    near = [name for name in sorted(scores, key=lambda name: -scores[name]) if scores[name] >= NEAR]
    return list(dict.fromkeys([*near, *(dates if column.type in DATES else ())]))[:MAX_OFFERED]


def _likeness(wanted: str, key: str) -> float:
    """Of 100; a short heading must be in a longer one as a whole to be its part."""
    part = 80.0 if min(len(wanted), len(key)) >= 4 and (wanted in key or key in wanted) else 0.0
    return max(part, fuzz.ratio(wanted, key))


def is_personal(name: str, cells: pl.Series, registers: Mapping[str, Register]) -> bool:
    """Whether a column is likely to hold personal data: by its heading, or by what stands in it."""
    known = {
        heading_key(text)
        for register in registers.values()
        for column in register.columns
        if column.pii
        for text in column.headings
    }
    if process.extractOne(heading_key(name), known, scorer=fuzz.ratio, score_cutoff=_SAME):
        return True
    texts = texts_of(cells).unique()
    return bool(with_address(texts.to_frame())) or any(holds_number(text) for text in texts.head(1000))
