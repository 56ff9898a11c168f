"""sammanfattning.html: the picture on one page, to print or to open in a meeting."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from markupsafe import Markup

from assets.publication import sv
from assets.publication.charts import states_by_area
from assets.publication.page import html_table, in_short, overview
from assets.publication.page.deliveries import by_register
from assets.publication.page.html_table import Column, Table, table
from assets.publication.page.render import head, render
from assets.publication.report import Report
from assets.registers.vocabulary import State

MAX_LAWS, MAX_MISSING = 10, 8
"""So many of the law's demands, and of the registers that are missing, have room on the page."""


def write_summary(report: Report, path: Path, missing: tuple[str, ...] = ()) -> None:
    """Writes sammanfattning.html: it fits one sheet of A4. `missing`: the files that could not be written."""
    registers = by_register(report)
    never_came = [register.name for register in registers if register.state == "saknas"]
    page = render(
        "sammanfattning.html",
        head=head(report, "Sammanfattning", "oversikt", missing=missing),
        short=in_short.in_short(report, registers),
        tiles=overview.states(report.states).tiles,
        chart=Markup(states_by_area(report.states, "omradesbild", width=480, labels=162)),  # noqa: S704 – escaped there
        laws=_laws(report),
        never_came=_some(never_came),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def _some(names: Sequence[str]) -> str:
    """The names as the end of a sentence; of many the first and how many more."""
    left = len(names) - MAX_MISSING
    return sv.join_list(names if left <= 0 else [*names[:MAX_MISSING], f"{left} till"])


def _laws(report: Report) -> Table | None:
    """The law's demands that are not met, those that lack most first; None where none is."""
    unmet = report.tables.figures.filter(pl.col("law") & (pl.col("state") == State.RED.value))
    if not unmet.height:
        return None
    rows = sorted(unmet.to_dicts(), key=lambda row: -in_short.lacking(row))[:MAX_LAWS]
    columns = (Column("Lagkrav"), Column("Värde", "tal"), Column("Utfall", "tal"))
    cells = [
        (html_table.link(f"indikatorer/{row['indicator']}.html", row["title"]), sv.figure(row["kind"], row["value"]),
         sv.base(row["kind"], row["numerator"], row["denominator"]) or sv.NONE)
        for row in rows
    ]  # fmt: skip
    left = unmet.height - len(rows)
    caption = "Det som saknar mest först" + (f"; {left} till står på översikten" if left else "")
    return table("lagkrav", caption, columns, cells, sort=False)
