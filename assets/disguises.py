"""A text as it is read: without signs that nobody sees and Markdown's marks, with HTML's entities and a web address's
escapes as the signs that they stand for, and with raised, circled and wide signs as plain ones.

A number or an address in which one of them stands is as easily read as any: a browser, or the review document that is
made of Markdown, shows it plain.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import unquote

_UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    r"\u2800\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
)
"""All of Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties.txt), which are the signs that are shown as
nothing; the interlinear marks, the empty Braille cell, and control signs that are no blanks. What else the category
Cf holds is shown, as the Arabic sign for a year is, or belongs to scripts without digits."""
_ACCENTS = r"\u0300-\u036f\u20d0-\u20f0"
"""Marks that are set on the sign before: a digit that is struck through or in a box can be read."""
_MARKS = r"\\*`~\[\]"
_WIDE = (
    r"\u00b2\u00b3\u00b9\u2070\u2074-\u207b\u2080-\u208b\u2460-\u2468\u24ea\u2024\ufe50\ufe52\ufe62\ufe63\ufe6b"
    r"\uff0b-\uff0f\uff1a\uff20\uff3f"
)
"""Signs that Unicode's compatible form (NFKC) makes digits, or what stands between digits or in an address."""
_NAMED = r"[A-Za-z][A-Za-z0-9]{1,30};"
"""HTML's longest name of a sign has 31 letters; what is none is left as it stands (html.entities.html5)."""
_ENTITY = rf"&(?:amp;)*(?:#\d{{1,8}};?|#[xX][0-9a-fA-F]{{1,6}};?|{_NAMED}|shy|nbsp)"
_ESCAPES = r"(?:%[0-9a-fA-F]{2})+"

_ONE = rf"[{_UNSEEN}{_ACCENTS}{_MARKS}{_WIDE}]|{_ENTITY}|{_ESCAPES}"
_BETWEEN = r"[-+.,/:_\s]{0,3}"

DISGUISED = (
    rf"\d{_BETWEEN}(?:{_ONE}|<)|(?:{_ONE}|>){_BETWEEN}\d|(?:{_ENTITY}|[{_WIDE}]){{2}}"  # all digits may be disguised
)
"""Where digits may read otherwise than they are written, as a regular expression of both Python and Polars."""

WIDE = f"[{_WIDE}]"
_ANY = re.compile(_ONE)
_AROUND_TEXT = re.compile(rf"\]\([^()\n]{{0,300}}\)|\]\[[^\]\n]{{0,100}}\]|</?[A-Za-z!][^<>]{{0,200}}>|{_ONE}")
"""The same, and what stands around the text of a link or inside an HTML tag, of which nothing is shown."""
_DROPPED = re.compile(rf"[{_UNSEEN}{_ACCENTS}{_MARKS}]")

Span = tuple[int, int]


@dataclass(frozen=True)
class AsRead:
    """`text`: how it is read; `starts`, `ends`: where each of its signs begins and ends in what is written."""

    text: str
    starts: list[int]
    ends: list[int]


def as_read(text: str) -> AsRead | None:
    """The text as it is read; None where it reads as it is written."""
    return _without(_ANY, text) if _ANY.search(text) else None


def found_as_read(text: str, find: Callable[[str], Iterable[Span]]) -> Iterator[Span]:
    """Where what `find` looks for stands in the text as it is written and as it is read; in order, and those that
    overlap as one."""
    spans = list(find(text))
    readings = [_ANY]
    if "<" in text or "](" in text or "][" in text:  # what hides there is looked at by the reading before
        readings.append(_AROUND_TEXT)
    for disguises in readings:
        # most texts hold nothing: only of those that do each sign's place is worked out
        if found := list(find(disguises.sub(lambda match: _revealed(match[0]), text))):
            read = _without(disguises, text)
            spans += ((read.starts[start], read.ends[end - 1]) for start, end in found)
    return joined(spans)


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, those that overlap as one."""
    last = (0, 0)
    for span in sorted(spans):
        if span[0] >= last[1]:
            yield from [last] * (last[1] > 0)
            last = span
        else:
            last = (last[0], max(last[1], span[1]))
    yield from [last] * (last[1] > 0)


def _without(disguises: re.Pattern[str], text: str) -> AsRead:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in disguises.finditer(text):
        sign = _revealed(match[0])
        parts += (text[at : match.start()], sign)
        starts += [*range(at, match.start()), *[match.start()] * len(sign)]
        ends += [*range(at + 1, match.start() + 1), *[match.end()] * len(sign)]
        at = match.end()
    parts.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return AsRead("".join(parts), starts, ends)


@lru_cache(maxsize=4096)
def _revealed(disguise: str) -> str:
    if disguise.startswith("&"):
        disguise = html.unescape(disguise.replace("amp;", "") if disguise != "&amp;" else disguise)
    elif disguise.startswith("%"):
        disguise = unquote(disguise, errors="replace")
    elif len(disguise) > 1:  # what surrounds the text of a link, or a tag
        return ""
    return _DROPPED.sub("", normalize("NFKC", disguise))
