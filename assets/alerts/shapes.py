"""The shapes in which alerts are kept."""

import polars as pl

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
