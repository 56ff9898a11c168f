"""What a receipt says of a delivery: its fields and their kinds."""

from typing import Any

import polars as pl

from assets.registers.shapes import DELIVERIES

Receipt = dict[str, Any]
"""A receipt while it is being made; its fields are those of RECEIPT."""

RECEIPT: dict[str, pl.DataType | type[pl.DataType]] = {
    "name": pl.String,
    "register": pl.String,
    "ending": pl.String,
    "dated": pl.Date,
    "sha256": pl.String,
    "size": pl.Int64,
    "arrivals": pl.List(pl.Struct({"day": pl.Date, "mtime_ns": pl.Int64, "order_ns": pl.Int64})),
    "reading": pl.String,
    "refusal": pl.String,
    "read": pl.Int64,
    "loaded": pl.Int64,
    "quarantined": pl.Int64,
    "duplicates": pl.Int64,
    "dropped_cells": pl.Int64,
    "notes": pl.Int64,
    "dropped_characters": pl.Int64,
    "unknown": pl.List(pl.String),
    "missing": pl.List(pl.String),
    "purged": pl.Date,
    "folder": pl.String,
    "source": pl.String,
    "sequence": pl.String,
    "mapping": pl.String,
    "lookups": DELIVERIES.schema["lookups"],
    "absent": pl.List(pl.String),
    "unexpected": pl.List(pl.String),
    "other_rows": pl.Int64,
    "other_organisations": pl.Int64,
    "words": pl.List(pl.Struct({"column": pl.String, "words": pl.List(pl.String)})),
    "near_headings": DELIVERIES.schema["near_headings"],
}
"""One delivery: a file name with one content. `arrivals`: the days on which it newly came, the file's modification
time, and its place among what came: that time too, unless the same name had come with a later one. Without a
register it is a file that fits none, and is not kept. `purged`: the day on which its bytes were removed.

Where a source claims it: the `source`, its `sequence` (the glob that fits), the `folder` of the inbox in which the
file lay where that is another organisation's; and of the reading the hash of the `mapping`, its `lookups` (contract
column → `register.Column`), the columns that are `absent` as the source says or `unexpected` since it says so, the
counts of rows that are not this register's or of organisations that the source doesn't name, and of each column with
`words` that nothing maps their keyed hashes (sources/unread_words.py). `near_headings`: what a file that is refused
for its headings has in their place (near_headings.py)."""


MADE_BY_READING = (
    "refusal", "read", "loaded", "quarantined", "duplicates", "dropped_cells", "notes", "dropped_characters",
    "unknown", "missing", "mapping", "lookups", "absent", "unexpected", "other_rows", "other_organisations",
    "words", "near_headings",
)  # fmt: skip
"""The fields of a receipt that reading the delivery gives, and reading it anew replaces."""
