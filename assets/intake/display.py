"""What quarantine shows of a text that can't be read: only what can hold nobody's name (docs/spec/sources.md,
section 2)."""

import re
from collections.abc import Collection

import polars as pl
from rapidfuzz.distance import Levenshtein

from assets.intake.parsing import SPOILED
from assets.intake.times import MONTHS
from assets.personal_numbers import MASK
from assets.registers.column import Column
from assets.registers.comparable import plain
from assets.registers.contract import Register

HIDDEN = "[visas inte]"
TYPES = frozenset({"enum", "bool", "int", "number", "date", "datetime"})
"""Types whose texts are of a few known kinds, so that any other may be something else: a portal's "Completed (set by
…)", a column that has shifted."""

_MAX_EDITS, _MIN_LETTERS = 2, 6
_WORD = re.compile(r"[^\W\d_]+")


def hidden(values: pl.Series, column: Column, register: Register) -> list[str]:
    """Those of the values that may not be shown."""
    words = _words(register) | set(MONTHS)
    texts = values.filter(~values.str.starts_with(SPOILED)).unique()  # of a spoiled cell stands its error or date
    return [text for text in texts if not _is_public(text, column, words)]


def _is_public(value: str, column: Column, words: Collection[str]) -> bool:
    found = _WORD.findall(plain(value.replace(MASK, "")))
    return all(word in words for word in found) or any(
        Levenshtein.distance(plain(value), plain(spelling), score_cutoff=_MAX_EDITS) <= _MAX_EDITS
        for spelling in _spellings(column)
        if sum(char.isalpha() for char in spelling) >= _MIN_LETTERS
    )


def _spellings(column: Column) -> tuple[str, ...]:
    return (*column.values, *(word for words in column.also_values.values() for word in words))


def _words(register: Register) -> frozenset[str]:
    """The words of the contract's own values, headings and examples."""
    texts = (text for column in register.columns for text in (*column.headings, *_spellings(column), column.example))
    return frozenset(word for text in texts for word in _WORD.findall(plain(text)))
