"""E-mail addresses in one text: found as it is written and as it is read (assets/disguises.py)."""

import re
from collections.abc import Iterator

from assets.disguises import Span, found_as_read

EMAIL_MASK = "[e-post]"

MAY_HOLD_ADDRESS = r"[@\ufe6b\uff20]|&(?:amp;)*(?:#|commat)|%(?:40|[eE][fF])"
"""The sign of an address in every disguise that it may have, as a regular expression of both Python and Polars."""

_MAY_HOLD = re.compile(MAY_HOLD_ADDRESS)
_ADDRESS = re.compile(r"(?:[\w.+-]|(?<=\w)['\u2019](?=\w))+@[\w-]+(?:\.[\w-]+)+")


def addresses_in(text: str) -> Iterator[Span]:
    """Where the e-mail addresses stand, in order."""
    if _MAY_HOLD.search(text):
        yield from found_as_read(text, _as_written)


def holds_address(text: str) -> bool:
    """Whether an e-mail address stands in the text."""
    return next(addresses_in(text), None) is not None


def _as_written(text: str) -> Iterator[Span]:
    return (match.span() for match in _ADDRESS.finditer(text))
