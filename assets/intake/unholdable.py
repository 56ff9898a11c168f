"""Characters that no XML, and so no document, can hold: dropped where a file is read, and counted.

U+0000–U+001F but tab and line ends, U+FFFE, U+FFFF and halves of surrogate pairs (docs/spec/interfaces.md, Reading a
file).
"""

import re

import polars as pl

_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_NONCHARACTERS = re.compile(b"\xef\xbf[\xbe\xbf]")
_IN_COLUMNS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def may_hold(utf8: bytes) -> bool:
    """Whether a piece of UTF-8 may hold one: U+FFFE and U+FFFF may be cut between two pieces."""
    return len(utf8.translate(None, _CONTROLS)) < len(utf8) or b"\xef\xbf" in utf8


def drop_from_bytes(utf8: bytes) -> tuple[bytes, int]:
    """UTF-8 without them, and how many they were. The mark with which DOS ended a file is none of them."""
    text = utf8.rstrip(b"\x1a")
    kept = text.translate(None, _CONTROLS)
    bare, others = _NONCHARACTERS.subn(b"", kept)
    return bare, len(text) - len(kept) + others


def drop_from_text(text: str) -> tuple[str, int]:
    """A text without them, and how many they were."""
    return _IN_TEXT.subn("", text)


def drop_from_columns(cells: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Text columns without them, and how many they were."""
    found = cells.select(pl.col(pl.String).str.count_matches(_IN_COLUMNS).sum())
    counts = dict(zip(found.columns, found.row(0), strict=True)) if found.width else {}
    hit = [name for name, count in counts.items() if count]
    return cells.with_columns(pl.col(hit).str.replace_all(_IN_COLUMNS, "")) if hit else cells, sum(counts.values())
