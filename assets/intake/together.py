"""Tables of several deliveries in one, and one of each again: most of what Polars does costs as much for few rows as
for many."""

from collections.abc import Sequence

import polars as pl

DELIVERY = "delivery"
"""Whose each row is, by its delivery's place among them: what is compared from row to row is compared within one."""


def stacked(tables: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of all the tables, which have the same columns, with DELIVERY first."""
    columns = tables[0].columns
    return pl.concat(
        [
            table.select(pl.lit(delivery, pl.UInt32).alias(DELIVERY), *columns)
            for delivery, table in enumerate(tables)
        ],
        rechunk=len(tables) > 1,
    )


def apart(table: pl.DataFrame, deliveries: int) -> list[pl.DataFrame]:
    """The rows of each of so many deliveries, without DELIVERY."""
    if deliveries == 1:
        return [table.drop(DELIVERY)]
    parts = table.partition_by(DELIVERY, include_key=False, as_dict=True)
    nothing = table.drop(DELIVERY).clear()
    return [parts.get((delivery,), nothing) for delivery in range(deliveries)]


def counts(table: pl.DataFrame, deliveries: int) -> list[int]:
    """How many rows each of so many deliveries has."""
    found = dict(table.group_by(DELIVERY).len().iter_rows()) if table.height else {}
    return [found.get(delivery, 0) for delivery in range(deliveries)]
