"""What a run came to, as a table in the terminal: figures by state, what was refused, and where to look."""

from pathlib import Path

import polars as pl
from rich import box
from rich.table import Table

STATES = ("grön", "gul", "röd", "information", "ej mätbar", "ej tillämplig")
_HEADINGS = ("grön", "gul", "röd", "info", "ej mätb.", "ej till.", "avvisade", "karantän", "saknas")


def summary(folder: Path) -> Table:
    """One row per organisation and one for the city, read from what was published: figures by state, then
    deliveries refused, rows in quarantine, and registers without any delivery."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("organisation", *_HEADINGS):
        table.add_column(heading, justify="left" if heading == "organisation" else "right", no_wrap=True)
    for organisation in sorted(path.parent for path in folder.glob("*/indikatorer.csv")):
        table.add_row(organisation.name, *(str(number) for number in _numbers(organisation)))
    return table


def _numbers(folder: Path) -> list[int]:
    figures, deliveries = _read(folder / "indikatorer.csv"), _read(folder / "leveranser.csv")
    states = [figures.filter(pl.col("Status") == state).height for state in STATES]
    is_refused = pl.col("Status").is_in(["avvisad", "okänd"])
    in_force = deliveries.filter(pl.col("Status") == "i kraft")
    quarantined = int(in_force["Rader i karantän"].cast(pl.Int64).sum())
    missing = deliveries.filter(pl.col("Status") == "saknas").height
    return [*states, deliveries.filter(is_refused).height, quarantined, missing]


def _read(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, separator=";", infer_schema=False, glob=False)
