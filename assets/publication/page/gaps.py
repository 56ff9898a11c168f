"""The gap list of an indicator and its two companions: what could not be measured, and what was closed of late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from assets.publication.page import html_table, words
from assets.publication.page.html_table import Column, Download, Table, sheet, table

NOT_SHOWN = "ej visade"
"""`Objekt` of the row that stands for persons whose own rows are left out; its `Benämning` is how many."""

_COLUMNS = (
    Column("Enhet", choose=True), Column("Objekt"), Column("Benämning"), Column("Orsak", "fras"),
    Column("Öppen sedan", "dag"), Column("Ålder dagar", "tal"), Column("Källfil", "fil"), Column("Källrad", "tal"),
)  # fmt: skip


@dataclass(frozen=True)
class Gaps:
    """`hidden`: those of persons with protected identity, who stand in no list."""

    open: Table
    hidden: int
    not_measured: Table | None
    not_measured_hidden: int
    closed: Table | None


def gaps_of(
    row: Mapping[str, Any], gaps: pl.DataFrame | None, closed: pl.DataFrame | None, all_gaps: pl.DataFrame
) -> Gaps:
    """The gap list and its two companions, oldest first."""
    own = all_gaps.clear() if gaps is None else gaps
    is_gap = pl.col("list") == "brist"
    ident = row["indicator"]
    open_downloads = (Download(f"../bristlistor/{ident}.csv", f"{ident}.csv"), sheet(ident, "../"))
    open_table, hidden = _gap_table(
        "brister", ("öppen brist", "öppna brister"), own.filter(is_gap), open_downloads, 150_000
    )
    missed, missed_hidden = _gap_table(
        "ej-matta", ("post som inte gick att mäta", "poster som inte gick att mäta"), own.filter(~is_gap),
        (Download("../bristlistor/ej_matta.csv", "ej_matta.csv"), sheet("Ej mätta", "../")), 20_000,
    )  # fmt: skip
    return Gaps(
        open_table, hidden, missed if missed.total else None, missed_hidden,
        None if closed is None else _closed_table(closed),
    )  # fmt: skip


def _gap_table(
    ident: str, nouns: tuple[str, str], rows: pl.DataFrame, downloads: Sequence[Download], most_bytes: int
) -> tuple[Table, int]:
    is_hidden = pl.col("Objekt").eq_missing(NOT_SHOWN) & pl.col("Brist-id").is_null()
    listed = rows.filter(~is_hidden).sort("Öppen sedan", maintain_order=True)
    hidden = sum(int(label) for label in rows.filter(is_hidden)["Benämning"])
    cells = listed.select(column.heading for column in _COLUMNS).head(html_table.MAX_ROWS).rows()
    caption = f"{words.counted(listed.height, *nouns)}, äldst först"
    return table(ident, caption, _COLUMNS, cells, downloads, most_bytes, total=listed.height), hidden


def _closed_table(rows: pl.DataFrame) -> Table:
    columns = (*_COLUMNS, Column("Stängd", "dag"))
    ordered = rows.sort("Stängd", descending=True, maintain_order=True)
    cells = ordered.select(column.heading for column in columns).head(html_table.MAX_ROWS).rows()
    downloads = (Download("../bristlistor/stangda.csv", "stangda.csv"), sheet("Stängda", "../"))
    caption = f"{words.counted(rows.height, 'stängd brist', 'stängda brister')}, senast stängda först"
    return table("stangda", caption, columns, cells, downloads, 20_000, total=rows.height)
