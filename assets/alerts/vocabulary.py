"""The words of larm.csv (docs/spec/interfaces.md, Out), and the shapes in which alerts are kept."""

from typing import Literal, get_args

import polars as pl

Kind = Literal[
    "körning misslyckad",
    "tidsfrist",
    "kontroll underkänd",
    "personnummer i fritext",
    "leverans avvisad",
    "leverans saknas",
    "leverans sen",
    "volymfall",
    "rader i karantän",
    "omatchade poster",
    "ej mätbar",
    "indikator röd",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which they are told: what can't wait, then what spoils figures, then the figures."""

FAILED_NIGHT: Kind = "körning misslyckad"
CLOCK: Kind = "tidsfrist"
"""A statutory clock: the one kind that is told again every day until it has stopped."""

SEVERITIES = ("kritisk", "varning", "info")

FINDING = {
    "organisation": pl.String,
    "id": pl.String,
    "kind": pl.String,
    "severity": pl.String,
    "unit": pl.String,
    "register": pl.String,
    "indicator": pl.String,
    "text": pl.String,
}
"""One thing that is wrong tonight. `id` is the same from night to night as long as it is the same thing;
`text` may change with its counts. It never holds a row of people, nor a cell's value."""

STATE = FINDING | {"since": pl.Date, "closed": pl.Date}
"""One alert as a night leaves it. `since`: the night it was raised; `closed`: the night it was over, if it is."""
