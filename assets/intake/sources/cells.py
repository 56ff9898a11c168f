"""What of cells no columnar engine here can make: keys and parts of texts, once for each distinct one."""

import hashlib
import unicodedata
from collections.abc import Sequence

import polars as pl

from assets.intake.parsing import SPACES, SPOILED
from assets.intake.sources.column_mapping import compiled
from assets.intake.sources.unpack import unpacked_name

_DIGITS = 12


def made_key(parts: pl.DataFrame) -> pl.Series:
    """The first twelve hex digits of SHA-256 over the trimmed, casefolded texts joined by U+001F. Nothing but empty
    texts is no value; a part whose value can't be had gives a key that can't be read. Case is folded by Unicode's
    rule, which the engines don't know."""
    trimmed = parts.select(pl.all().fill_null("").str.strip_chars(SPACES))
    distinct = trimmed.unique()
    keys = pl.Series("\x00key", [_key(texts) for texts in distinct.iter_rows()], dtype=pl.String)
    made = trimmed.join(distinct.with_columns(keys), on=trimmed.columns, how="left", maintain_order="left")
    return made["\x00key"]


def _key(texts: Sequence[str]) -> str:
    if any(text.startswith(SPOILED) for text in texts):
        return SPOILED
    joined = "\x1f".join(text.casefold() for text in texts)
    return hashlib.sha256(joined.encode()).hexdigest()[:_DIGITS] if any(texts) else ""


def first_group(text: pl.Series, pattern: str) -> pl.Series:
    """The first group where the text fits; other texts as they stand. The expressions that source files are written
    in can do what the engines' can't."""
    expression = compiled(pattern)
    distinct = text.unique()
    groups = [match[1] or "" if (match := expression.search(text)) else text for text in distinct]
    return text.replace_strict(distinct, pl.Series(groups, dtype=pl.String), return_dtype=pl.String)


def in_name(pattern: str, file: str) -> str:
    """The first group in a file's name, or in the name of what it packs by itself; empty where it fits neither.
    Letters count as the same however they are composed."""
    expression = compiled(unicodedata.normalize("NFC", pattern))
    names = (unicodedata.normalize("NFC", name) for name in (file, unpacked_name(file)))
    match = next((found for name in names if (found := expression.search(name))), None)
    return (match[1] or "") if match else ""
