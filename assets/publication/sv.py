"""How figures, days, states and lists are written in Swedish: on the page, in the workbook and in the document.

Numbers, plurals, lists and the names of months are Unicode's (CLDR), by way of Babel.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from math import ceil, floor
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal

from assets.registers.contract import Register
from assets.registers.read_contracts import load_registers
from assets.settings import Settings

LOCALE = Locale("sv", "SE")
HERE = ZoneInfo("Europe/Stockholm")
NBSP = "\N{NO-BREAK SPACE}"
FEW = 5
"""Under so many items a percentage says little."""
NONE = "–"
"""What stands where there is no value."""


Number = float | Decimal | None
"""A figure, or one of its bounds."""


@dataclass(frozen=True)
class StateWords:
    """A state in words: what several in it are called, and its mark, so that no state is told by its colour alone."""

    many: str
    symbol: str


STATE_WORDS = {
    "grön": StateWords("gröna", "●"),
    "gul": StateWords("gula", "▲"),
    "röd": StateWords("röda", "■"),
    "ej mätbar": StateWords("ej mätbara", "?"),
    "information": StateWords("information", "i"),
    "ej tillämplig": StateWords("ej tillämpliga", "–"),
}
"""State → its words, in the order in which states are listed."""

_INACTIVE_WORDS = {
    "mäts inte här": StateWords("mäts inte här", "×"),
    "mäts inte ännu": StateWords("mäts inte ännu", "○"),
}


def state_words(state: str) -> StateWords:
    """The words of any state, also of those that stand in no count."""
    return STATE_WORDS.get(state) or _INACTIVE_WORDS[state]


@lru_cache(maxsize=100_000)
def integer(number: int) -> str:
    """1234 → 1 234."""
    return format_decimal(number, locale=LOCALE)


def plain_number(number: float) -> str:
    """0.5 → 0,5: as one would type it, without marks between thousands."""
    return str(number).replace(".", ",")


def percent(share: float | Decimal) -> str:
    """87.5 → 87,5 %: one decimal, as it was computed."""
    return f"{_one_decimal(share)}{NBSP}%"


@lru_cache(maxsize=4096)  # many figures are the same one
def _one_decimal(number: float | Decimal) -> str:
    return format_decimal(Decimal(str(number)), "#,##0.0", locale=LOCALE)


def counted(count: int, one: str, many: str) -> str:
    """1 brist, 2 brister."""
    return f"{integer(count)}{NBSP}{one if LOCALE.plural_form(count) == 'one' else many}"


def join_list(words: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
    """a, b och c."""
    return format_list(list(words), style=style, locale=LOCALE)


@cache
def months() -> tuple[str, ...]:
    """The twelve months' short names: jan, feb, mars …"""
    return _month_names("abbreviated")


@cache
def month_names() -> tuple[str, ...]:
    """The twelve months' names: januari, februari, mars …"""
    return _month_names("wide")


def _month_names(width: Literal["abbreviated", "wide"]) -> tuple[str, ...]:
    names = get_month_names(width, "stand-alone", locale=LOCALE)
    return tuple(names[month].rstrip(".") for month in range(1, 13))


def figure(kind: str, value: float | None) -> str:
    """A share as 87,5 %, anything else as a number; – where there is none."""
    if value is None:
        return NONE
    return percent(value) if kind == "share" else integer(int(value))


def target(kind: str, wanted: int | None) -> str:
    """What the figure should be; – where there is no target."""
    if wanted is None:
        return NONE
    number = integer(wanted)
    return {"share": f"{number}{NBSP}%", "open": f"högst{NBSP}{number}"}.get(kind, f"minst{NBSP}{number}")


def could_be(kind: str, value: Number, lowest: Number, highest: Number) -> str:
    """What a figure could be, as 79–91 % or 3–5, its ends rounded outwards; empty where it hardly could be anything
    else (`is_wide`). `highest`: None where nothing limits a number."""
    if value is None or lowest is None:
        return ""
    if highest is None:
        return f"{integer(floor(lowest))} eller fler"
    is_share = kind == "share"
    if not is_wide(kind, value, lowest, highest):
        return ""
    ends = f"{integer(floor(lowest))}–{integer(ceil(highest))}"
    return f"{ends}{NBSP}%" if is_share else ends


def is_wide(kind: str, value: Number, lowest: Number, highest: Number) -> bool:
    """Whether a figure could be more than a percentage point from what it is, or another number."""
    if value is None or lowest is None or highest is None:
        return False
    now, low, high = (Decimal(str(end)) for end in (value, lowest, highest))
    return max(now - low, high - now) > (1 if kind == "share" else 0)


def base(kind: str, numerator: int | None, denominator: int | None) -> str:
    """What a share is a share of, as 7 av 8; said to be few where they are under five. Empty for anything else."""
    if kind != "share" or numerator is None or denominator is None:
        return ""
    few = ", litet underlag" if 0 < denominator < FEW else ""
    return f"{integer(numerator)} av {integer(denominator)}{few}"


def age(days: int | None) -> str:
    """How many days before B something is of, as 46; a delivery that is dated later is *efter B*."""
    if days is None:
        return NONE
    return "efter B" if days < 0 else integer(days)


def change(kind: str, value: float | None, before: float | Decimal | None) -> str:
    """How much the figure has changed, in percentage points or in number; – where that can't be said."""
    if value is None or before is None:
        return NONE
    difference = Decimal(str(value)) - Decimal(str(before))
    if not difference:
        return "±0"
    size = abs(difference)
    return ("+" if difference > 0 else "−") + (_one_decimal(size) if kind == "share" else integer(int(size)))


def as_sentence(text: str | None) -> str:
    """The text with a capital letter and a full stop; empty where there is none."""
    return f"{sentence(text).rstrip('.')}." if text else ""


def sentence(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]


def motive(text: str) -> str:
    """The motive with the source document's chapters called by what they are in."""
    return sentence(re.sub(r"\bS (?=\d)", "ledningens genomgång, avsnitt ", text))


def register_name(slug: str) -> str:
    """What people call a register inside a sentence: its contract's `called`, else the slug."""
    return _called.get().get(slug) or _product_names().get(slug, slug)


_called: ContextVar[Mapping[str, str]] = ContextVar("called", default=MappingProxyType({}))


@contextmanager
def calling_registers(registers: Mapping[str, Register]) -> Iterator[None]:
    """Within the block registers are called what these contracts say, the installation's own among them."""
    token = _called.set({slug: register.called for slug, register in registers.items()})
    try:
        yield
    finally:
        _called.reset(token)


@cache
def _product_names() -> dict[str, str]:
    contracts = load_registers(Settings.model_fields["registers"].default)
    return {slug: register.called for slug, register in contracts.items()}


def moment(when: datetime) -> str:
    """The wall time in Sweden."""
    return f"{when.astimezone(HERE):%Y-%m-%d kl. %H.%M}"


def cell_text(value: object) -> str:
    """Any cell of a list, as text."""
    if value is None or value == "":
        return NONE
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, int | float | Decimal):
        return integer(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
