"""Which of the spellings of dates that systems export every cell of a column fits."""

from collections.abc import Iterator

import polars as pl

from assets.intake.sources.formats import ISO, read_formats

_DAYS = (
    "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m.%d.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d",
    "%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d-%m-%y", "%d %b %Y", "%b %d, %Y", "%d-%b-%Y", "%A, %d %B %Y",
    "%A %d %B %Y", "%Y%m%d",
)  # fmt: skip
_TIMES = (
    "",
    " %H:%M",
    " %H:%M:%S",
    " %I:%M %p",
    " %I:%M:%S %p",
    ", %H:%M",
    ", %H:%M:%S",
    ", %I:%M %p",
    "T%H:%M:%S%z",
)
_EPOCHS = {"epoch_s": r"^\d{9,10}(?:\.\d+)?$", "epoch_ms": r"^\d{12,13}$"}
_FIRST_YEAR, _LAST_YEAR = pl.lit("1950"), pl.lit("2100")
_FIRST_TRIED = 200
"""Of so many texts a format that fits them all is held against the rest."""
_OPEN_ENDS = ("9999",)
"""Years that stand for an open end."""


def fitting_formats(texts: pl.Series) -> tuple[str, ...]:
    """The formats that fit every one of the texts, the simplest first; none for no texts."""
    distinct = _spelled_otherwise(texts)
    if distinct.is_empty() or not distinct.str.contains(r"\d").all():
        return ()
    some = distinct.head(_FIRST_TRIED)
    likely = [pattern for pattern in _formats() if _readable(some, pattern) == len(some)]
    return tuple(pattern for pattern in likely if _readable(distinct, pattern) == len(distinct))


def _spelled_otherwise(texts: pl.Series) -> pl.Series:
    """The different texts that aren't ISO already, which fit every format."""
    return texts.filter(~texts.str.contains(ISO)).unique(maintain_order=True)


def _formats() -> Iterator[str]:
    yield from _EPOCHS
    yield from (day + time for day in _DAYS for time in _TIMES)


def _readable(texts: pl.Series, pattern: str) -> int:
    """How many of the texts the format reads as a day that people write."""
    if pattern in _EPOCHS:
        return int(texts.str.contains(_EPOCHS[pattern]).sum())
    years = read_formats(texts, (pattern,), None).str.head(4)
    is_year = pl.lit(years).is_between(_FIRST_YEAR, _LAST_YEAR) | pl.lit(years).is_in(_OPEN_ENDS)
    return int(pl.select(is_year.sum()).item() or 0)
