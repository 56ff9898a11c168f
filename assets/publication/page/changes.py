"""What has changed since the last night and since the last review: figures, states and gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from assets.publication.page import html_table, words
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.report import Picture


@dataclass(frozen=True)
class Changes:
    """What differs from an earlier run. `table` lists the indicators that do; None where none does."""

    heading: str
    sentences: Sequence[str]
    table: Table | None


def changes(picture: Picture) -> list[Changes]:
    """Since the last night and since the last review, where there were any."""
    found = []
    for since, heading in (("natt", "Sedan förra natten"), ("genomgång", "Sedan senaste genomgången")):
        compared = picture.tables.changes.filter(pl.col("since") == since)
        if compared.height:
            before = compared["before"].max()
            assert isinstance(before, date)
            changed = compared.filter("changed")
            sentences = [_changed(changed, compared.height), *_gap_life(picture, before)]
            listed = _changed_table(picture, changed, f"andrat-{since[:3]}", before) if changed.height else None
            found.append(Changes(f"{heading}, {before}", sentences, listed))
    return found


def _changed(changed: pl.DataFrame, compared: int) -> str:
    if not changed.height:
        return f"Ingen av {words.counted(compared, 'indikator', 'indikatorer')} har ändrats."
    states = changed.filter(pl.col("state").ne_missing(pl.col("state_before"))).height
    told = (
        "Ingen av dem har fått annan status."
        if not states
        else f"{words.number(states)} av dem har fått annan status."
    )
    return f"{words.counted(changed.height, 'indikator', 'indikatorer')} har ändrats. {told}"


def _gap_life(picture: Picture, before: date) -> list[str]:
    """How many gaps have opened and closed since. Gaps are followed from night to night, closed ones for 90 days."""
    if picture.is_city:
        return []
    is_open = (pl.col("list") == "brist") & (pl.col("Öppen sedan") > before)
    opened = picture.tables.gaps.filter(is_open).height
    closed = picture.tables.closed.filter(pl.col("Stängd") > before).height
    since = " de senaste 90 dagarna" if (picture.run.as_of - before).days > 90 else ""
    told = [f"{_none_or(opened).capitalize()} har tillkommit och {_none_or(closed)} har stängts{since}."]
    first = picture.tables.series.filter("night")["as_of"].min()
    if isinstance(first, date) and first > before:
        told.append(f"Bristerna har följts natt för natt från {first}.")
    return told


def _none_or(gaps: int) -> str:
    return words.counted(gaps, "brist", "brister") if gaps else "ingen brist"


def _changed_table(picture: Picture, changed: pl.DataFrame, ident: str, before: date) -> Table:
    own = picture.tables.indicators.select("indicator", "title", "kind")
    compared = own.join(changed, on="indicator", maintain_order="left").to_dicts()
    compared.sort(key=lambda row: row["state"] == row["state_before"])
    columns = (
        Column("Id"), Column("Indikator"), Column("Då", "tal"), Column("Status då"), Column("Nu", "tal"),
        Column("Status nu"), Column("Ändrat", "tal"),
    )  # fmt: skip
    rows = [
        (row["indicator"], html_table.link(f"indikatorer/{row['indicator']}.html", row["title"]),
         words.figure(row["kind"], row["value_before"]), html_table.state(row["state_before"]),
         words.figure(row["kind"], row["value"]), html_table.state(row["state"]),
         words.change(row["kind"], row["value"], row["value_before"]))
        for row in compared
    ]  # fmt: skip
    downloads = (Download("historik.csv", "historik.csv"), sheet("Historik"))
    return table(ident, f"Ändrade indikatorer sedan {before}, de med annan status först", columns, rows, downloads)
