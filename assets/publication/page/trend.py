"""An indicator over time: its curve, what the curve says in a sentence, and the table with the same figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from markupsafe import Markup

from assets.publication import sv
from assets.publication.narrative import Note
from assets.publication.page import html_table
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.page.line_chart import line_chart

Row = Mapping[str, Any]


Trend = Mapping[date, tuple[float | None, int | None, int | None]]
"""Day → the figure and what it is a share of; one a day, a night's before a review's of the same day."""


def trend_of(series: pl.DataFrame | None) -> Trend:
    """The curve of an indicator's history (`series`: rows of sql/report/history.sql), in the days' order."""
    if series is None:
        return {}
    found = series.sort("as_of", "night").select("as_of", "value", "numerator", "denominator").rows()
    return {day: (None if value is None else float(value), *base) for day, value, *base in found}


def points(trend: Trend) -> list[tuple[date, float | None]]:
    """The days of a curve and their figures, as charts draw them."""
    return [(day, value) for day, (value, _, _) in trend.items()]


def in_words(row: Row, trend: Trend) -> str:
    """The curve in a sentence, its figures with their bases."""
    measured = _measured(trend)
    if not measured:
        return "Ingen dag har någon siffra."
    ends = [f"{_with_base(row, trend, day)} {day}" for day in (measured[0], measured[-1])]
    wanted = f" Mål: {sv.target(row['kind'], row['target'])}." if row["target"] is not None else ""
    return (f"Från {ends[0]} till {ends[1]}." if len(measured) > 1 else f"{ends[0]}.") + wanted


def _measured(trend: Trend) -> list[date]:
    return [day for day, (value, _, _) in trend.items() if value is not None]


def _with_base(row: Row, trend: Trend, day: date) -> str:
    """A figure of the curve and what it is a share of on that day."""
    value, *share_of = trend[day]
    base = sv.base(row["kind"], *share_of)
    return sv.figure(row["kind"], value) + (f" ({base})" if base else "")


def chart(row: Row, series: pl.DataFrame | None, notes: Sequence[Note] = ()) -> Markup | None:
    """The indicator's chart; None where there are not two figures to draw a line between. `notes`: those on it, each
    marked with its number in that order."""
    trend = trend_of(series)
    measured = _measured(trend)
    if len(measured) < 2:
        return None
    marks = [(note.day, number) for number, note in enumerate(notes, 1)]
    unit, newest = "%" if row["kind"] == "share" else "", _with_base(row, trend, measured[-1])
    return line_chart(points(trend), row["target"], unit, "kurva", in_words(row, trend), newest, marks)


def history_table(row: Row, series: pl.DataFrame) -> Table:
    """The figures of the curve, newest first."""
    columns = (
        Column("Per datum", "dag"), Column("Körning", "kod"), Column("Täljare", "tal"), Column("Nämnare", "tal"),
        Column("Värde", "tal"), Column("Status"), Column("Orsak"),
    )  # fmt: skip
    rows = [
        (item["as_of"], item["run_kind"], item["numerator"], item["denominator"],
         sv.figure(row["kind"], item["value"]), html_table.state(item["state"]), sv.as_sentence(item["reason"]))
        for item in series.sort("as_of", "night", descending=True).to_dicts()
    ]  # fmt: skip
    downloads = (Download("../historik.csv", "historik.csv"), sheet("Historik", "../"))
    return table("historik", "Siffrorna bakom kurvan, nyast först", columns, rows, downloads, most_bytes=24_000)
