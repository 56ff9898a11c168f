"""The words of larm.csv (docs/spec/interfaces.md, Out)."""

from enum import StrEnum


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
