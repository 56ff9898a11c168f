"""An indicator over time: its curve, what the curve says in a sentence, and the table with the same figures."""

from collections.abc import Iterator, Mapping, Sequence
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


def points(series: pl.DataFrame | None) -> list[tuple[date, float | None]]:
    """The curve: one figure a day, a night's before a review's of the same day."""
    if series is None:
        return []
    days = {
        day: value for day, _, value in series.sort("as_of", "night").select("as_of", "night", "value").iter_rows()
    }
    return [(day, None if value is None else float(value)) for day, value in days.items()]


def in_words(row: Row, curve_points: Sequence[tuple[date, float | None]], series: pl.DataFrame | None) -> str:
    """The curve in a sentence, its figures with their bases."""
    bases = {} if series is None else {day: (part, whole) for day, part, whole in _bases(series)}

    def said(day: date, value: float) -> str:
        base = sv.base(row["kind"], *bases.get(day, (None, None)))
        return f"{sv.figure(row['kind'], value)}{f' ({base})' if base else ''} {day}"

    measured = [(day, value) for day, value in curve_points if value is not None]
    if not measured:
        return "Ingen dag har någon siffra."
    ends = [said(day, value) for day, value in (measured[0], measured[-1])]
    wanted = f" Mål: {sv.target(row['kind'], row['target'])}." if row["target"] is not None else ""
    return (f"Från {ends[0]} till {ends[1]}." if len(measured) > 1 else f"{ends[0]}.") + wanted


def _bases(series: pl.DataFrame) -> Iterator[tuple[date, int | None, int | None]]:
    return series.sort("as_of", "night").select("as_of", "numerator", "denominator").iter_rows()


def chart(row: Row, series: pl.DataFrame | None, notes: Sequence[Note] = ()) -> Markup | None:
    """The indicator's chart; None where there are not two figures to draw a line between. `notes`: those on it, each
    marked with its number in that order."""
    found = points(series)
    if len([value for _, value in found if value is not None]) < 2:
        return None
    marks = [(note.day, number) for number, note in enumerate(notes, 1)]
    unit = "%" if row["kind"] == "share" else ""
    return line_chart(found, row["target"], unit, "kurva", in_words(row, found, series), marks)


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
