"""What becomes of a delivery's rows under its contract: the shapes of the tables."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from assets.intake.rules import THE_CELL
from assets.intake.together import DELIVERY, apart, counts

PolarsType = pl.DataType | type[pl.DataType]
FAULT: Mapping[str, PolarsType] = {
    "row": pl.UInt32, "column": pl.String, "value": pl.String, "rule": pl.String, "effect": pl.String,
}  # fmt: skip
REJECTED: Mapping[str, PolarsType] = {"row": pl.UInt32, "key": pl.List(pl.String)}
REPLACED: Mapping[str, PolarsType] = {"row": pl.UInt32, "by": pl.UInt32}
PROTECTED = {"key": pl.String}
PERSONAL_NUMBER = {"row": pl.UInt32, "column": pl.String}


@dataclass(frozen=True)
class OwnTexts:
    """What a source's file says where its mapping has made other texts of it, in the rows' order. `texts`: under the
    names of contract columns, what quarantine shows in place of what the contract read. `unreadable`: under some of
    the names, true where the contract may not try to read the text."""

    texts: pl.DataFrame
    unreadable: pl.DataFrame


@dataclass(frozen=True)
class ContractResult:
    """What became of a delivery's rows.

    `valid`: the loaded ones, typed, under ASCII names, the file's row number first. `failures`: a line for
    each cell that put its row in quarantine or was dropped, without any value of a `pii` column or with a
    personal number. `quarantined`: the rows in quarantine with the texts of their key columns. `protected`:
    the first key text of every row read, loaded or not, that is marked as protected. `personal_numbers`: each
    text, code or list of a row read, loaded or not, in which a personal number stands that has no business there.
    `replaced`: each row that gave way to a later one of the same key, and that one.
    """

    valid: pl.DataFrame
    failures: pl.DataFrame
    quarantined: pl.DataFrame
    protected: pl.DataFrame
    personal_numbers: pl.DataFrame
    read: int
    replaced: pl.DataFrame

    @property
    def duplicates(self) -> int:
        return self.replaced.height

    @property
    def dropped_cells(self) -> int:
        return self.failures.filter(pl.col("effect") == THE_CELL).height


def split_by_delivery(result: ContractResult, places: pl.DataFrame, deliveries: int) -> list[ContractResult]:
    """The result of each of the deliveries 0, 1, … that were held against the contract together. `places`: of the
    rows that `row` numbers from 0, each one's DELIVERY and its `row` there."""
    tables = {
        name: apart(_placed(getattr(result, name), places), deliveries)
        for name in ("valid", "failures", "quarantined", "personal_numbers", "replaced")
    }
    tables["protected"] = apart(result.protected, deliveries)
    read = counts(places, deliveries)
    return [
        ContractResult(read=read[delivery], **{name: parts[delivery] for name, parts in tables.items()})
        for delivery in range(deliveries)
    ]


def _placed(table: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The table with each row's DELIVERY, and the numbers of rows as that has them."""
    delivery = places[DELIVERY].gather(table["row"])
    rows = [places["row"].gather(table[name]).alias(name) for name in ("row", "by") if name in table.columns]
    return table.with_columns(delivery, *rows)
