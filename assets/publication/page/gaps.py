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


@dataclass(frozen=True)
class Listed:
    """The rows of an indicator in one list, oldest first: the first ones, as many as a page may show, and how many
    there are in all. `hidden`: how many persons are left out of it."""

    rows: Sequence[tuple[object, ...]] = ()
    total: int = 0
    hidden: int = 0


def listed_by_indicator(gaps: pl.DataFrame) -> Mapping[str, Listed]:
    """What stands in a list of each indicator that has any. The list is gone through once for all of them."""
    is_hidden = pl.col("key").eq_missing(LEFT_OUT) & pl.col("gap_id").is_null()
    persons = pl.col("label").cast(pl.Int64).sum()
    hidden = dict(gaps.filter(is_hidden).group_by("indicator").agg(persons).iter_rows())
    rows = gaps.filter(~is_hidden).sort("opened", maintain_order=True)
    parts = {
        ident: part.select(_COLUMNS.keys())
        for (ident,), part in rows.partition_by("indicator", as_dict=True, maintain_order=True).items()
    }
    found = {
        str(ident): Listed(part.head(html_table.MAX_ROWS).rows(), part.height, hidden.pop(ident, 0))
        for ident, part in parts.items()
    }
    return found | {ident: Listed(hidden=number) for ident, number in hidden.items()}


def gaps_of(
    ident: str, gaps: Listed, not_measured: Listed, closed: pl.DataFrame | None,
    pages: Mapping[str, str] = MappingProxyType({}),
) -> Gaps:  # fmt: skip
    """The gap list of the indicator `ident` and its two companions. `pages`: id of a system, or of a record of
    processing, → its page."""
    open_downloads = (Download(f"../bristlistor/{ident}.csv", f"{ident}.csv"), sheet(ident, "../"))
    open_table = _gap_table("brister", ("öppen brist", "öppna brister"), gaps, open_downloads, 150_000, pages)
    missed = _gap_table(
        "ej-matta", ("post som inte gick att mäta", "poster som inte gick att mäta"), not_measured,
        (Download("../bristlistor/ej_matta.csv", "ej_matta.csv"), sheet("Ej mätta", "../")), 20_000, pages,
    )  # fmt: skip
    return Gaps(
        open_table, gaps.hidden, missed if missed.total else None, not_measured.hidden,
        None if closed is None else _closed_table(closed),
    )  # fmt: skip


def _gap_table(
    ident: str,
    nouns: tuple[str, str],
    listed: Listed,
    downloads: Sequence[Download],
    most_bytes: int,
    pages: Mapping[str, str],
) -> Table:
    cells = [[_linked(cell, pages) for cell in row] for row in listed.rows]
    caption = f"{sv.counted(listed.total, *nouns)}, äldst först"
    return table(ident, caption, [*_COLUMNS.values()], cells, downloads, most_bytes, total=listed.total)


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
