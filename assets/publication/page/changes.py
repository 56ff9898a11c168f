"""What has changed since the last night and since the last review: figures, states and gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from markupsafe import Markup

from assets.publication import sv
from assets.publication.page import html_table
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.report import Report
from assets.registers.vocabulary import INACTIVE


@dataclass(frozen=True)
class Changes:
    """What differs from an earlier run. `table` lists the indicators that do; None where none does."""

    heading: str
    sentences: Sequence[str]
    table: Table | None


def changes(report: Report) -> list[Changes]:
    """Since the last night and since the last review, where there were any."""
    found = []
    for since, heading in (("natt", "Sedan förra natten"), ("genomgång", "Sedan senaste genomgången")):
        compared = report.tables.changes.filter(pl.col("since") == since, ~pl.col("state").is_in(INACTIVE))
        if compared.height:
            before = compared["before"].max()
            assert isinstance(before, date)
            changed = compared.filter("changed")
            sentences = [_changed(changed, compared.height), *_gaps_opened_and_closed(report, before)]
            changed_table = _changed_table(report, changed, f"andrat-{since[:3]}", before) if changed.height else None
            found.append(Changes(f"{heading}, {before}", sentences, changed_table))
    return found


def _changed(changed: pl.DataFrame, compared: int) -> str:
    if not changed.height:
        return f"Ingen av {sv.counted(compared, 'indikator', 'indikatorer')} har ändrats."
    states = changed.filter(pl.col("state").ne_missing(pl.col("state_before"))).height
    of_state = (
        "Ingen av dem har fått annan status." if not states else f"{sv.integer(states)} av dem har fått annan status."
    )
    return f"{sv.counted(changed.height, 'indikator', 'indikatorer')} har ändrats. {of_state}"


def _gaps_opened_and_closed(report: Report, before: date) -> list[str]:
    """How many gaps have opened and closed since. Gaps are followed from night to night, closed ones for 90 days."""
    if report.is_city:
        return []
    opened = report.tables.gaps.filter(pl.col("opened") > before).height
    closed = report.tables.closed_gaps.filter(pl.col("closed") > before).height
    since = " de senaste 90 dagarna" if (report.run.as_of - before).days > 90 else ""
    sentences = [f"{_none_or(opened).capitalize()} har tillkommit och {_none_or(closed)} har stängts{since}."]
    first = report.tables.history.filter("night")["as_of"].min()
    if isinstance(first, date) and first > before:
        sentences.append(f"Bristerna har följts natt för natt från {first}.")
    return sentences


def _none_or(gaps: int) -> str:
    return sv.counted(gaps, "brist", "brister") if gaps else "ingen brist"


def _changed_table(report: Report, changed: pl.DataFrame, ident: str, before: date) -> Table:
    own = report.tables.figures.select("indicator", "title", "kind")
    compared = own.join(changed, on="indicator", maintain_order="left").to_dicts()
    compared.sort(key=lambda row: row["state"] == row["state_before"])
    columns = (
        Column("Id"), Column("Indikator"), Column("Då", "tal"), Column("Status då"), Column("Nu", "tal"),
        Column("Status nu"), Column("Ändrat", "tal"),
    )  # fmt: skip
    rows = [
        (row["indicator"], html_table.link(f"indikatorer/{row['indicator']}.html", row["title"]),
         _figure(row, "_before"), html_table.state(row["state_before"]),
         _figure(row, ""), html_table.state(row["state"]),
         sv.change(row["kind"], row["value"], row["value_before"]))
        for row in compared
    ]  # fmt: skip
    downloads = (Download("historik.csv", "historik.csv"), sheet("Historik"))
    return table(ident, f"Ändrade indikatorer sedan {before}, de med annan status först", columns, rows, downloads)


def _figure(row: Mapping[str, Any], end: str) -> Markup:
    return html_table.with_base(
        *(row[name] for name in ("kind", f"value{end}", f"numerator{end}", f"denominator{end}"))
    )
