"""Rows in plain spelling, and the small registers that are told rather than drawn."""

import csv
from datetime import date
from pathlib import Path

Row = dict[str, str]
"""A row by the contract's headings. A date is `2023-10-31`, a yes `Ja`, a list `a, b`, nothing is empty."""

HERE = Path(__file__).parent


def told(register: str) -> list[Row]:
    """The rows of a register that stands written out in `told/`."""
    return read_plain(HERE / "seeds" / f"{register}.csv")


def read_plain(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file, delimiter=";")]


def up_to(rows: list[Row], column: str, day: date) -> list[Row]:
    """The rows dated no later than `day`: what an earlier delivery could have held."""
    return [row for row in rows if row[column] and row[column][:10] <= day.isoformat()]


def after(rows: list[Row], column: str, day: date) -> list[Row]:
    """The rows dated later than `day`, and the undated ones: what a later delivery adds."""
    return [row for row in rows if not row[column] or row[column][:10] > day.isoformat()]
