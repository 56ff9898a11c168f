"""The words of a source that nothing maps: of columns that know a few words, those that stay unreadable."""

import polars as pl

from assets.intake.lookup_key import HASHED, LookupKey
from assets.intake.parsing import SPOILED, parse
from assets.registers.contract import Register

MAX_WORDS = 500
"""So many of a column are kept: a column with more holds something else than words."""
_LENGTH = 16
"""Digits of a hash: enough to tell a column's words apart."""


def unread_words(cells: pl.DataFrame, register: Register, lookup_key: LookupKey) -> dict[str, list[str]]:
    """Column of the contract → the keyed hashes of its distinct words that neither `[values]` nor the contract knows,
    sorted, the first MAX_WORDS of them; only columns that have any. A word may be anything, as a name in a column
    that has shifted, so no text of it is kept. `cells`: as `map_columns` gives them."""
    found = {}
    for column in register.columns:
        if column.type not in ("bool", "enum") or column.name not in cells.columns:
            continue
        texts = cells.select(pl.col(column.name).drop_nulls().unique().alias(column.slug))
        texts = texts.filter(~pl.col(column.slug).str.starts_with(SPOILED))
        unread = texts[column.slug].filter(parse(texts, [column])[column.slug].is_null())
        if not unread.is_empty():
            digests = {lookup_key.digest(text).removeprefix(HASHED)[:_LENGTH] for text in unread}
            found[column.name] = sorted(digests)[:MAX_WORDS]
    return found
