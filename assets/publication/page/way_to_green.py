"""The shortest way to green: how many gaps turn a figure green, which of them to close first, and when it is green at
the pace of the last 90 days (docs/spec/indicators.md, The way to green)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from assets.publication import sv
from assets.publication.page import html_table
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.report import Report

Row = Mapping[str, Any]

_MAX_FIRST = 10
"""Gaps that an indicator's page names to begin with; all of them stand in its gap list, in brister.csv by order."""

_MAX_SHARED = 20
"""Objects with gaps of several figures that are named on the page of what to mend."""


@dataclass(frozen=True)
class Way:
    """`sentences`: how few gaps turn the figure green, and when. `first`: the gaps to begin with; None where it
    doesn't matter which are closed first."""

    sentences: Sequence[str]
    first: Table | None


def way_of(way: Row, gaps: pl.DataFrame) -> Way:
    """The way of one indicator. `gaps`: its rows of the report's open_gaps."""
    return Way([_to_close(way), _when(way)], _first(way, gaps))


def _to_close(way: Row) -> str:
    gaps, needed = way["gaps"], way["to_close"]
    if needed == gaps:
        return f"{_all(gaps)} behöver stängas för att siffran ska bli grön."
    of = sv.counted(gaps, "öppen brist", "öppna brister")
    return f"Det räcker att stänga {sv.integer(needed)} av {of} för att siffran ska bli grön."


def _all(gaps: int) -> str:
    return "Den enda öppna bristen" if gaps == 1 else f"Alla {sv.counted(gaps, 'öppen brist', 'öppna brister')}"


def _when(way: Row) -> str:
    days = f"de senaste {way['days']} dagarna"
    moved = f"{sv.integer(way['closed'])} stängda och {sv.integer(way['opened'])} tillkomna brister"
    match way["no_forecast"]:
        case None:
            return f"I samma takt som {days}, {moved}, är den grön {way['green_on']}."
        case "too_far":
            return f"I samma takt som {days}, {moved}, tar det mer än tio år."
        case "not_fewer":
            return f"Bristerna blir inte färre: {moved} {days}."
        case "too_few":
            return f"När den är grön går inte att säga: färre än tio brister har stängts {days}."
    return "När den är grön går inte att säga: bristerna har inte följts i 30 dagar än."


def _first(way: Row, gaps: pl.DataFrame) -> Table | None:
    first = gaps.filter(pl.col("first")).sort("place")
    if way["to_close"] == way["gaps"] and not first["shared"].drop_nulls().len():
        return None
    columns = {
        "unit": Column("Enhet"), "key": Column("Objekt"), "label": Column("Benämning"),
        "opened": Column("Öppen sedan", "dag"), "shared": Column("Delas med"),
    }  # fmt: skip
    cells = first.select(columns.keys()).head(_MAX_FIRST).rows()
    if not cells:
        return None
    downloads = (Download("../brister.csv", "brister.csv"), sheet("Brister", "../"))
    made = table("borja", "Börja med de här", [*columns.values()], cells, downloads, total=first.height, sort=False)
    return replace(made, search=False)


def is_followed(ways: pl.DataFrame) -> bool:
    """Whether some figure's gaps have been followed long enough to tell their pace."""
    return ways.filter(pl.col("no_forecast").ne_missing("too_short")).height > 0


def ways_table(ways: pl.DataFrame) -> Table:
    """Every figure that is short of its target, the law's first, then those with the fewest gaps to close; with their
    pace where it is known of some."""
    columns = [
        Column("Id"), Column("Indikator"), Column("Status", choose=True), Column("Att stänga", "tal"),
        Column("Öppna brister", "tal"), Column("Grön i samma takt", "dag"), Column("Takten", "fras"),
    ]  # fmt: skip
    width = len(columns) if is_followed(ways) else -2
    rows = [_line(way)[:width] for way in ways.iter_rows(named=True)]
    downloads = (Download("vagen_till_gront.csv", "vagen_till_gront.csv"), sheet("Vägen till grönt"))
    number = sv.counted(len(rows), "siffra", "siffror")
    caption = f"{number} som inte når målet, lagkraven först, sedan den kortaste vägen"
    return table("vagen", caption, columns[:width], rows, downloads, 60_000)


def _line(way: Row) -> list[object]:
    title = html_table.link(f"indikatorer/{way['indicator']}.html#till-gront", way["title"])
    moved = f"{sv.integer(way['closed'])} stängda, {sv.integer(way['opened'])} tillkomna"
    pace = sv.as_sentence(way["why"] or f"{moved} på {way['days']} dagar")
    return [
        way["indicator"], title, html_table.state(way["state"]), way["to_close"], way["gaps"], way["green_on"], pace,
    ]  # fmt: skip


def shared_table(report: Report) -> Table | None:
    """The objects that are gaps of several figures, those of the most first; None where there is none."""
    shared = report.tables.open_gaps.filter(pl.col("shared").is_not_null())
    if not shared.height:
        return None
    objects = (
        shared.group_by("unit", "key", "delivery", "row", maintain_order=True)
        .agg(pl.col("label").first(), pl.col("indicator").alias("indicators"), pl.col("opened").min())
        .sort(pl.col("indicators").list.len(), "opened", descending=[True, False], maintain_order=True)
    )
    columns = (
        Column("Objekt"), Column("Benämning"), Column("Enhet", choose=True),
        Column("Indikatorer", "fras", choose=True, several=True), Column("Öppen sedan", "dag"),
    )  # fmt: skip
    cells = objects.select("key", "label", "unit", pl.col("indicators").list.join(", "), "opened")
    downloads = (Download("brister.csv", "brister.csv"), sheet("Brister"))
    caption = f"{sv.counted(objects.height, 'objekt', 'objekt')} med brister i flera siffror, flest först"
    rows = cells.head(_MAX_SHARED).rows()
    return table("delade", caption, columns, rows, downloads, total=objects.height)
