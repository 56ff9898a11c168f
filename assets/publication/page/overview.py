"""What stands on the first page: the state of the year in figures, before the indicators one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup

from assets.publication.charts import STATES, sparkline, states_by_area
from assets.publication.page import lists, words
from assets.publication.page.curve import thinned
from assets.publication.page.development import points, told
from assets.publication.page.indicator import Rows, lines
from assets.publication.page.lists import Column, Download, Table, sheet, table
from assets.publication.picture import Picture


@dataclass(frozen=True)
class States:
    """`counts`: area → state → number of indicators; `totals`: state → number, every state."""

    counts: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, int]
    chart: Markup
    table: Table


def states(indicators: pl.DataFrame) -> States:
    counts: dict[str, dict[str, int]] = {area: {} for area in indicators["area"].unique(maintain_order=True)}
    for area, state, many in indicators.group_by("area", "state", maintain_order=True).len().iter_rows():
        counts[area][state] = many
    totals = {state: sum(area.get(state, 0) for area in counts.values()) for state in STATES}
    rows = [(area, *(found.get(state, 0) for state in STATES), sum(found.values())) for area, found in counts.items()]
    rows.append(("Alla områden", *totals.values(), sum(totals.values())))
    columns = [Column("Område"), *(Column(state.capitalize(), "tal") for state in STATES), Column("Summa", "tal")]
    downloads = (Download("indikatorer.csv", "indikatorer.csv"), sheet("Översikt"))
    made = table("omraden", "Antal indikatorer per område och status", columns, rows, downloads, sort=False)
    return States(counts, totals, Markup(states_by_area(counts, "omradesbild")), made)  # noqa: S704 – escaped by charts


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
    title = lists.link(f"indikatorer/{ident}.html", row["title"])
    if row["law"]:
        title += Markup(' <span class="lag">lagkrav</span>')
    status = lists.state(row["state"])
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
