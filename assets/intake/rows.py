"""What a delivery says: the register's rows, as they are read and before their contract is applied."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

NAMELESS = "(utan rubrik)"
ORGANISATION_COLUMNS = (
    "Organisation", "Förvaltning", "Nämnd", "Stadsdelsförvaltning", "Stadsdel", "Bolag",
)  # fmt: skip
_SUM_WORDS = ("summa", "summa totalt", "totalsumma", "totalt", "total", "delsumma", "sum")
_NUMBER = r"^[+-]?[\d \u00a0\u2009\u202f.,]*\d\s*%?$"
BROKEN = {"row": pl.UInt32, "rule": pl.String}


@dataclass(frozen=True)
class ParsedRows:
    """What a delivery says. `cells`: `row` and, for each contract column that has a heading, its texts, trimmed, and
    null where they say nothing.

    `broken`: `row` and `rule` of the rows whose form is wrong; they are in no `cells`. `notes`: rows passed over
    because their only value is in a single cell, or because they sum up the others. `unknown`: headings of no
    contract column, and NAMELESS where values stand outside the headings. `missing`: contract columns without a
    heading. `dropped_characters`: how many no document can hold; they were left out.

    Of a file that a source reads, also: `other_rows`, that the source leaves out as not this register's;
    `other_organisations`, rows of organisations that it doesn't name; `absent`, the missing columns that it says it
    doesn't have; `unexpected`, those that it says so of and has; and `words`, of each column with words that nothing
    maps their keyed hashes.
    """

    cells: pl.DataFrame
    broken: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BROKEN))
    notes: int = 0
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    dropped_characters: int = 0
    other_rows: int = 0
    other_organisations: int = 0
    absent: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)


def sum_rows(body: pl.DataFrame, needed: Sequence[str]) -> pl.Series:
    """Rows that sum up the others: `Summa` or the like and nothing but numbers beside it, in a place where no row of
    the register can be, since a column that every row fills is empty. `body`: `values`, how many cells a row fills,
    and the cells under their positions, null where empty; `needed`: the positions that every row fills."""
    none = pl.repeat(False, body.height, dtype=pl.Boolean, eager=True)
    lacks_needed = (
        body.select(pl.any_horizontal(pl.col(at).is_null() for at in needed)).to_series() if needed else none
    )
    if not lacks_needed.any():
        return none  # as in most files
    positions = [position for position in body.columns if position.isdecimal()]
    label = pl.coalesce(pl.col(position) for position in positions)
    is_label = label.str.to_lowercase().str.strip_chars(": ").is_in(_SUM_WORDS)
    suspects = lacks_needed & body.select(is_label.fill_null(False)).to_series()
    if not suspects.any():
        return none
    numbers = pl.sum_horizontal(pl.col(at).str.contains(_NUMBER).fill_null(False).cast(pl.UInt16) for at in positions)
    return suspects & body.select(numbers == pl.col("values") - 1).to_series()
