"""The results of tables, one line to an expectation: all organisations together, as Dagster's checks show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.markdown_table import markdown_table
from assets.registers.shapes import RESULTS
from assets.validation.results import TableResult

_PLACES = 5
_HEADINGS = ("kontroll", "allvar", "utfall", "prövade", "avvikande", "platser", "vad det betyder")


@dataclass(frozen=True)
class Line:
    """What one expectation found. `ok`: it holds for everybody; `checked`, `unexpected`: numbers of rows; `places`:
    where the first of them stand, and whose they are, never a value."""

    expectation: str
    severity: str
    explanation: str
    ok: bool
    checked: int
    unexpected: int
    places: Sequence[str]


def lines_by_table(outcomes: Iterable[TableResult]) -> Mapping[str, list[Line]]:
    """The lines of each table, in its suite's order; none of a table that could not be asked. All tables are gone
    through at once: they are many, and each has few results."""
    results = pl.concat([pl.DataFrame(schema=RESULTS.schema), *(outcome.results for outcome in outcomes)])
    keys = ["table", "expectation", "severity", "explanation"]
    lines = results.group_by(keys, maintain_order=True).agg(
        pl.col("ok").all(), pl.col("checked").sum(), pl.col("unexpected").sum()
    )
    place = (
        pl.when(pl.col("organisation").is_null())
        .then("place")
        .otherwise(pl.col("organisation") + ": " + pl.col("place"))
    )
    places = (
        results.select(*keys[:2], "organisation", place="places")
        .explode("place")
        .drop_nulls("place")
        .group_by(keys[:2], maintain_order=True)
        .agg(places=place.head(_PLACES))
    )
    found: dict[str, list[Line]] = {}
    for row in lines.join(places, on=keys[:2], how="left", maintain_order="left").iter_rows(named=True):
        table, own = row.pop("table"), row.pop("places")
        found.setdefault(table, []).append(Line(**row, places=own or ()))
    return found


def as_markdown(lines: Iterable[Line]) -> str:
    """A table of the lines, with what a failed one means."""
    cells = [
        (
            line.expectation, line.severity, "godkänd" if line.ok else "underkänd", line.checked, line.unexpected,
            "; ".join(line.places), "" if line.ok else line.explanation,
        )
        for line in lines
    ]  # fmt: skip
    return markdown_table(_HEADINGS, cells)
