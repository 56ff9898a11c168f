"""The words of larm.csv (docs/spec/interfaces.md, Out), and the shapes in which alerts are kept."""

from enum import StrEnum

import polars as pl


class Kind(StrEnum):
    """`Slag`, in the order in which kinds are listed: what can't wait, then what spoils figures, then the figures.

    Each but FAILED_NIGHT is found by a query of `sql/alerts/`, which names it in its header.
    """

    FAILED_NIGHT = "körning misslyckad"
    DEADLINE = "tidsfrist"
    """A statutory clock: the one kind that is repeated every day until it has stopped."""
    FAILED_CHECK = "kontroll underkänd"
    PERSONAL_NUMBERS = "personnummer i fritext"
    UNREACHABLE_SOURCE = "källan går inte att nå"
    CHANGED_SOURCE = "källan har ändrats"
    REFUSED_DELIVERY = "leverans avvisad"
    MISSING_DELIVERY = "leverans saknas"
    LATE_DELIVERY = "leverans sen"
    VOLUME_DROP = "volymfall"
    QUARANTINED_ROWS = "rader i karantän"
    UNMATCHED_REFERENCES = "omatchade poster"
    NOT_MEASURABLE = "ej mätbar"
    RED_INDICATOR = "indikator röd"


class Severity(StrEnum):
    """`Allvar`, the most urgent first."""

    CRITICAL = "kritisk"
    WARNING = "varning"
    INFO = "info"


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
