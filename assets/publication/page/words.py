"""Figures, targets and states in Swedish, as they stand on the page."""

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from assets.publication.charts import STATES
from assets.publication.sv import NBSP, whole_number

NONE = "–"
HERE = ZoneInfo("Europe/Stockholm")

SYMBOLS = dict(zip(STATES, ("●", "▲", "■", "?", "i", "–"), strict=True))
"""State → its mark, so that no state is told by its colour alone."""

_REASONS = (
    (r"före (\S+)", r"Indikatorn gäller först från \1."),
    (r"underlag saknas: (.+)", r"Underlag saknas: \1."),
    (r"inget krav", "Det finns inget gällande krav att mäta mot."),
    (r"massregistrering", "Utbildningar är registrerade i klump, så det går inte att se vem som har gått dem."),
    (r"inget i omfattningen", "Det finns inget i indikatorns omfattning att mäta."),
    (r"inga mätta", "Inget av det som omfattas gick att mäta."),
    (r"(.*\d+ av \d+ (?:ej mätbara|blockerade).*)", r"Av organisationerna: \1."),
)


def number(count: float) -> str:
    """1234 → 1 234; a count may come as a float."""
    return whole_number(int(count))


def counted(count: int, one: str, many: str) -> str:
    """1 brist, 2 brister."""
    return f"{number(count)}{NBSP}{one if count == 1 else many}"


def figure(kind: str, value: float | None) -> str:
    """A share as 87,5 %, anything else as a number; – where there is none."""
    if value is None:
        return NONE
    return f"{value:.1f}".replace(".", ",") + f"{NBSP}%" if kind == "share" else number(value)


def target(kind: str, wanted: int | None) -> str:
    if wanted is None:
        return NONE
    return {"share": f"{wanted}{NBSP}%", "open": f"högst{NBSP}{wanted}"}.get(kind, f"minst{NBSP}{wanted}")


def change(kind: str, value: float | None, before: float | Decimal | None) -> str:
    """How much the figure has changed, in percentage points or in number; – where that can't be said."""
    if value is None or before is None:
        return NONE
    difference = Decimal(str(value)) - Decimal(str(before))
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    size = abs(difference)
    if not difference:
        return "±0"
    return sign + (f"{size:.1f}".replace(".", ",") if kind == "share" else number(float(size)))


def reason(words: str | None) -> str:
    """Why a figure is as it is, as a sentence; empty where nothing is said."""
    if not words:
        return ""
    for pattern, sentence in _REASONS:
        if found := re.fullmatch(pattern, words):
            return found.expand(sentence)
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def motive(words: str) -> str:
    """The motive with the source document's chapters called by what they are in."""
    told = re.sub(r"\bS (?=\d)", "ledningens genomgång, avsnitt ", words)
    return told[:1].upper() + told[1:]


def moment(when: datetime) -> str:
    """The wall time in Sweden."""
    return f"{when.astimezone(HERE):%Y-%m-%d kl. %H.%M}"


def display_name(value: object) -> str:
    """Any cell of a list, as text."""
    if value is None or value == "":
        return NONE
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, int | float | Decimal):
        return number(float(value))
    return value.isoformat() if isinstance(value, date) else str(value)
