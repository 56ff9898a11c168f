"""What stands on the first page: the state of the year in figures, before the indicators one by one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup, escape

from assets.publication import sv
from assets.publication.charts import sparkline, states_by_area
from assets.publication.page import html_table, reason
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.page.indicator import Rows, lines
from assets.publication.page.line_chart import thinned
from assets.publication.page.trend import in_words, points, trend_of
from assets.publication.report import Report
from assets.registers.vocabulary import INACTIVE, IsoInput, State


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
    """`counts`: area → state → how many of its indicators are in it (Report.states)."""
    order = list(sv.STATE_WORDS)
    totals = {state: sum(area.get(state, 0) for area in counts.values()) for state in order}
    rows = [(area, *(found.get(state, 0) for state in order), sum(found.values())) for area, found in counts.items()]
    rows.append(("Alla områden", *totals.values(), sum(totals.values())))
    columns = [Column("Område"), *(Column(state.capitalize(), "tal") for state in order), Column("Summa", "tal")]
    downloads = (Download("indikatorer.csv", "indikatorer.csv"), sheet("Översikt"))
    made = table("omraden", "Antal indikatorer per område och status", columns, rows, downloads, sort=False)
    tiles = [_tile(state, number) for state, number in totals.items()]
    return States(tiles, Markup(states_by_area(counts, "omradesbild", width=480, labels=162)), made)  # noqa: S704 – escaped by charts


def _tile(state: str, number: int) -> Tile:
    words = sv.STATE_WORDS[state]
    return Tile(html_table.css(state), words.symbol, number, state if number == 1 else words.many)


MAX_WAITING = 5
"""With more indicators that wait for a register they stand under the registers, and not among the measured ones."""


@dataclass(frozen=True)
class Area:
    """One area of the catalogue and its indicators. `folded`: how many of them stand under the registers that they
    wait for instead."""

    name: str
    table: Table
    folded: int


def areas(report: Report, rows: Rows) -> list[Area]:
    """Every indicator, by area."""
    columns = (
        Column("Id"), Column("Indikator"), Column("Värde", "tal"), Column("Mål", "tal"),
        Column("Status", choose=True), Column("Ändrat", "tal"), Column("Utveckling", "bild"),
        Column("9.3.2", "kod", choose=True, several=True),
    )  # fmt: skip
    downloads = (Download("indikatorer.csv", "indikatorer.csv"), sheet("Indikatorer"))
    active = [row for row in lines(report) if State(row["state"]).is_active]
    is_folding = sum(map(_waits, active)) > MAX_WAITING
    found: dict[str, list[list[object]]] = {row["area"]: [] for row in active}
    folded = Counter(row["area"] for row in active if is_folding and _waits(row))
    for row in active:
        if not (is_folding and _waits(row)):
            found[row["area"]].append(_line(row, rows.history.get(row["indicator"])))
    return [
        Area(area, table(f"omrade-{at}", f"{area}: {_number_of(own)}", columns, own, downloads), folded[area])
        for at, (area, own) in enumerate(found.items(), 1)
    ]


def _waits(row: Mapping[str, Any]) -> bool:
    """Whether a register that is missing would unlock the indicator (in_short.unlocked)."""
    return bool(row["reason_code"] == "missing_registers")


@dataclass(frozen=True)
class Inactive:
    """The indicators in one of the states of what isn't asked, and of each why, as the end of a sentence."""

    state: str
    indicators: Sequence[tuple[str, str, str]]


def inactive(report: Report) -> list[Inactive]:
    """What isn't asked, by state; a state that none is in is left out."""
    rows = report.inactive.to_dicts()
    found = [
        Inactive(
            state, [(row["indicator"], row["title"], reason.sentence(row)) for row in rows if row["state"] == state]
        )
        for state in INACTIVE
    ]
    return [own for own in found if own.indicators]


def iso_words(report: Report) -> str:
    """What the letters of ISO/IEC 27001 9.3.2 stand for, those that some indicator serves."""
    served = set(report.active["iso"].explode().drop_nulls())
    return "; ".join(f"{letter} {letter.words.lower()}" for letter in IsoInput if letter in served)


def _number_of(indicators: Sequence[object]) -> str:
    return sv.counted(len(indicators), "indikator", "indikatorer")


def _line(row: Mapping[str, Any], history: pl.DataFrame | None) -> list[object]:
    ident, kind = row["indicator"], row["kind"]
    title = html_table.link(f"indikatorer/{ident}.html", row["title"])
    if row["law"]:
        title += Markup(' <span class="lag">lagkrav</span>')
    status = html_table.state(row["state"])
    if why := reason.sentence(row):
        status += Markup('<span class="orsak">{}</span>').format(why)
    trend, chart = trend_of(history), sv.NONE
    if len(trend) > 1:
        chart = sparkline(thinned(points(trend)), row["target"], f"k-{ident}", in_words(row, trend))
    return [
        ident, title, _value(row), sv.target(kind, row["target"]), status,
        sv.change(kind, row["value"], row["previous"]), Markup(chart),  # noqa: S704 – escaped by charts
        ", ".join(row["iso"]),
    ]  # fmt: skip


def _value(row: Mapping[str, Any]) -> Markup:
    """The figure with what it is a share of, what else it could be, and how many rows of its registers are in
    quarantine."""
    kind = row["kind"]
    if row["value"] is None:
        return escape(sv.NONE)
    could_be = sv.could_be(kind, row["value"], row["lowest"], row["highest"])
    quarantined = row["quarantined"] or 0
    notes = [
        sv.base(kind, row["numerator"], row["denominator"]),
        f"kan vara {could_be}" if could_be else "",
        f"{sv.counted(quarantined, 'rad', 'rader')} i karantän" if quarantined else "",
    ]
    found = escape(sv.figure(kind, row["value"]))
    for note in filter(None, notes):
        found += Markup(' <span class="bas">{}</span>').format(note)
    return found
