"""The gap list of an indicator and its two companions: what could not be measured, and what was closed of late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from assets.publication import sv
from assets.publication.page import html_table
from assets.publication.page.html_table import Column, Download, Table, sheet, table

LEFT_OUT = "ej visade"
"""`key` of the row that stands for persons whose own rows are left out; its `label` is how many."""

_COLUMNS = {
    "unit": Column("Enhet", choose=True), "key": Column("Objekt"), "label": Column("Benämning"),
    "reason": Column("Orsak", "fras"), "opened": Column("Öppen sedan", "dag"),
    "age_days": Column("Ålder i dagar", "tal"), "delivery": Column("Källfil", "fil"), "row": Column("Källrad", "tal"),
}  # fmt: skip


@dataclass(frozen=True)
class Gaps:
    """`hidden`: those of persons with protected identity, who stand in no list."""

    open: Table
    hidden: int
    not_measured: Table | None
    not_measured_hidden: int
    closed: Table | None


def gaps_of(
    ident: str,
    gaps: pl.DataFrame,
    not_measured: pl.DataFrame,
    closed: pl.DataFrame | None,
    pages: Mapping[str, str] = MappingProxyType({}),
) -> Gaps:
    """The gap list of the indicator `ident` and its two companions, oldest first. `pages`: id of a system, or of a
    record of processing, → its page."""
    open_downloads = (Download(f"../bristlistor/{ident}.csv", f"{ident}.csv"), sheet(ident, "../"))
    open_table, hidden = _gap_table("brister", ("öppen brist", "öppna brister"), gaps, open_downloads, 150_000, pages)
    missed, missed_hidden = _gap_table(
        "ej-matta", ("post som inte gick att mäta", "poster som inte gick att mäta"), not_measured,
        (Download("../bristlistor/ej_matta.csv", "ej_matta.csv"), sheet("Ej mätta", "../")), 20_000, pages,
    )  # fmt: skip
    return Gaps(
        open_table, hidden, missed if missed.total else None, missed_hidden,
        None if closed is None else _closed_table(closed),
    )  # fmt: skip


def _gap_table(
    ident: str,
    nouns: tuple[str, str],
    rows: pl.DataFrame,
    downloads: Sequence[Download],
    most_bytes: int,
    pages: Mapping[str, str],
) -> tuple[Table, int]:
    is_hidden = pl.col("key").eq_missing(LEFT_OUT) & pl.col("gap_id").is_null()
    open_rows = rows.filter(~is_hidden).sort("opened", maintain_order=True)
    hidden = sum(int(label) for label in rows.filter(is_hidden)["label"])
    first_rows = open_rows.select(_COLUMNS.keys()).head(html_table.MAX_ROWS).rows()
    cells = [[_linked(cell, pages) for cell in row] for row in first_rows]
    caption = f"{sv.counted(open_rows.height, *nouns)}, äldst först"
    return table(ident, caption, [*_COLUMNS.values()], cells, downloads, most_bytes, total=open_rows.height), hidden


def _linked(cell: object, pages: Mapping[str, str]) -> object:
    """A system or a record of processing leads to its page."""
    return html_table.link(f"../{pages[cell]}", cell) if isinstance(cell, str) and cell in pages else cell


def _closed_table(rows: pl.DataFrame) -> Table:
    columns = _COLUMNS | {"closed": Column("Stängd", "dag")}
    ordered = rows.sort("closed", descending=True, maintain_order=True)
    cells = ordered.select(columns.keys()).head(html_table.MAX_ROWS).rows()
    downloads = (Download("../bristlistor/stangda.csv", "stangda.csv"), sheet("Stängda", "../"))
    caption = f"{sv.counted(rows.height, 'stängd brist', 'stängda brister')}, senast stängda först"
    return table("stangda", caption, [*columns.values()], cells, downloads, 20_000, total=rows.height)
