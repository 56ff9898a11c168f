"""An indicator over time: its curve, what the curve says in a sentence, and the table with the same figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from markupsafe import Markup

from assets.publication.page import html_table, words
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.page.line_chart import curve

Row = Mapping[str, Any]


def points(series: pl.DataFrame | None) -> list[tuple[date, float | None]]:
    """The curve: one figure a day, a night's before a review's of the same day."""
    if series is None:
        return []
    days = {
        day: value for day, _, value in series.sort("as_of", "night").select("as_of", "night", "value").iter_rows()
    }
    return [(day, None if value is None else float(value)) for day, value in days.items()]


def told(row: Row, curve_points: Sequence[tuple[date, float | None]]) -> str:
    """The curve in a sentence."""
    measured = [(day, value) for day, value in curve_points if value is not None]
    if not measured:
        return "Ingen dag har någon siffra."
    ends = [f"{words.figure(row['kind'], value)} {day}" for day, value in (measured[0], measured[-1])]
    wanted = f" Mål: {words.target(row['kind'], row['target'])}." if row["target"] is not None else ""
    return (f"Från {ends[0]} till {ends[1]}." if len(measured) > 1 else f"{ends[0]}.") + wanted


def large_curve(row: Row, series: pl.DataFrame | None) -> Markup | None:
    """None where there is nothing to draw."""
    found = points(series)
    if len([value for _, value in found if value is not None]) < 2:
        return None
    return curve(found, row["target"], "%" if row["kind"] == "share" else "", "kurva", told(row, found))


def history_table(row: Row, series: pl.DataFrame) -> Table:
    """The figures of the curve, newest first."""
    columns = (
        Column("Per datum", "dag"), Column("Körning", "kod"), Column("Täljare", "tal"), Column("Nämnare", "tal"),
        Column("Värde", "tal"), Column("Status"), Column("Orsak"),
    )  # fmt: skip
    rows = [
        (item["as_of"], "natt" if item["night"] else "genomgång", item["numerator"], item["denominator"],
         words.figure(row["kind"], item["value"]), html_table.state(item["state"]), words.reason(item["reason"]))
        for item in series.sort("as_of", "night", descending=True).to_dicts()
    ]  # fmt: skip
    downloads = (Download("../historik.csv", "historik.csv"), sheet("Historik", "../"))
    return table("historik", "Siffrorna bakom kurvan, nyast först", columns, rows, downloads, most_bytes=24_000)
