"""A text as it is read: without signs that nobody sees and Markdown's marks, and with HTML's entities and a web
address's escapes as the signs that they stand for.

A number in which one of them stands is as easily read as any: a browser, or the review document that is made of
Markdown, shows it plain.
"""

import html
import re
from dataclasses import dataclass
from urllib.parse import unquote

_UNSEEN = r"\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Soft hyphen, zero-width blanks and joiners, and what turns the direction of writing."""
_MARKS = r"\\*`~"
_ENTITY = r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});"
_ESCAPES = r"(?:%[0-9a-fA-F]{2})+"

_ONE = f"[{_UNSEEN}{_MARKS}]|{_ENTITY}|{_ESCAPES}"

DISGUISED = rf"\d(?:{_ONE})|(?:{_ONE})\d|(?:{_ENTITY}){{4}}"
"""Where digits may read otherwise than they are written, as a regular expression of both Python and Polars."""

_ANY, _DISGUISED = re.compile(_ONE), re.compile(DISGUISED)
_DROPPED = re.compile(f"[{_UNSEEN}{_MARKS}]")


@dataclass(frozen=True)
class AsRead:
    """`text`: how it is read; `starts`, `ends`: where each of its signs begins and ends in what is written."""

    text: str
    starts: list[int]
    ends: list[int]


def as_read(text: str) -> AsRead | None:
    """The text as it is read; None where its digits read as they are written."""
    if not _DISGUISED.search(text):
        return None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in _ANY.finditer(text):
        sign = _revealed(match[0])
        parts += (text[at : match.start()], sign)
        starts += [*range(at, match.start()), *[match.start()] * len(sign)]
        ends += [*range(at + 1, match.start() + 1), *[match.end()] * len(sign)]
        at = match.end()
    parts.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return AsRead("".join(parts), starts, ends)


def _revealed(disguise: str) -> str:
    if disguise.startswith("&"):
        disguise = html.unescape(disguise.replace("amp;", "") if disguise != "&amp;" else disguise)
    elif disguise.startswith("%"):
        disguise = unquote(disguise, errors="replace")
    return _DROPPED.sub("", disguise)
