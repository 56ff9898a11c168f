"""What stands on the first page: the state of the year in figures, before the indicators one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup

from assets.publication.charts import STATES, sparkline, states_by_area
from assets.publication.page import html_table, words
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.page.indicator import Rows, lines
from assets.publication.page.line_chart import thinned
from assets.publication.page.trend import points, told
from assets.publication.report import Picture

_MANY = {"grön": "gröna", "gul": "gula", "röd": "röda", "ej mätbar": "ej mätbara", "ej tillämplig": "ej tillämpliga"}
"""State → what several in it are called, where that isn't the same word."""


@dataclass(frozen=True)
class Tile:
    """How many indicators are in one state; `css` and `mark` are the state's."""

    css: str
    mark: str
    number: int
    word: str


@dataclass(frozen=True)
class States:
    """The state of the year: a tile per state, every one, and the numbers by area as chart and table."""

    tiles: Sequence[Tile]
    chart: Markup
    table: Table


def states(counts: Mapping[str, Mapping[str, int]]) -> States:
    totals = {state: sum(area.get(state, 0) for area in counts.values()) for state in STATES}
    rows = [(area, *(found.get(state, 0) for state in STATES), sum(found.values())) for area, found in counts.items()]
    rows.append(("Alla områden", *totals.values(), sum(totals.values())))
    columns = [Column("Område"), *(Column(state.capitalize(), "tal") for state in STATES), Column("Summa", "tal")]
    downloads = (Download("indikatorer.csv", "indikatorer.csv"), sheet("Översikt"))
    made = table("omraden", "Antal indikatorer per område och status", columns, rows, downloads, sort=False)
    tiles = [
        Tile(html_table.css(state), words.SYMBOLS[state], many, state if many == 1 else _MANY.get(state, state))
        for state, many in totals.items()
    ]
    return States(tiles, Markup(states_by_area(counts, "omradesbild")), made)  # noqa: S704 – escaped by charts


@dataclass(frozen=True)
class Area:
    name: str
    table: Table


def areas(picture: Picture, rows: Rows) -> list[Area]:
    """Every indicator, by area."""
    columns = (
        Column("Id"), Column("Indikator"), Column("Värde", "tal"), Column("Mål", "tal"),
        Column("Status", choose=True), Column("Ändrat", "tal"), Column("Utveckling", "bild"),
    )  # fmt: skip
    downloads = (Download("indikatorer.csv", "indikatorer.csv"), sheet("Indikatorer"))
    found: dict[str, list[list[object]]] = {}
    for row in lines(picture):
        found.setdefault(row["area"], []).append(_line(row, rows.series.get(row["indicator"])))
    return [
        Area(
            area,
            table(
                f"omrade-{at}",
                f"{area}: {words.counted(len(own), 'indikator', 'indikatorer')}",
                columns,
                own,
                downloads,
            ),
        )
        for at, (area, own) in enumerate(found.items(), 1)
    ]


def _line(row: Mapping[str, Any], series: pl.DataFrame | None) -> list[object]:
    ident, kind = row["indicator"], row["kind"]
    title = html_table.link(f"indikatorer/{ident}.html", row["title"])
    if row["law"]:
        title += Markup(' <span class="lag">lagkrav</span>')
    status = html_table.state(row["state"])
    if row["reason"]:
        status += Markup('<span class="orsak">{}</span>').format(words.reason(row["reason"]))
    curve = points(series)
    picture = (
        sparkline(thinned(curve), row["target"], f"k-{ident}", told(row, curve)) if len(curve) > 1 else words.NONE
    )
    return [
        ident, title, words.figure(kind, row["value"]), words.target(kind, row["target"]), status,
        words.change(kind, row["value"], row["previous"]), Markup(picture),  # noqa: S704 – escaped by charts
    ]  # fmt: skip
