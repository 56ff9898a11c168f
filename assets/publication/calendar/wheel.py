"""The annual wheel: twelve months from the month of B, a ring per kind of work, and in each field how many events."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assets.publication.calendar.events import GOVERNANCE, LAW, PLAN, RINGS, UPKEEP, Event
from assets.publication.charts import svg, text
from assets.publication.sv import months

COLOURS = {LAW: "#a4161a", UPKEEP: "#2b5f91", GOVERNANCE: "#1a6b3a", PLAN: "#7a4a00"}
_SIZE, _OUTER, _INNER = 560, 214, 70
_WIDTH = (_OUTER - _INNER) / len(RINGS)

Month = tuple[int, int]
Counts = Mapping[tuple[Month, str], int]


def months_from(as_of: date) -> list[Month]:
    """The year and month of the twelve months that begin with B's."""
    first = as_of.year * 12 + as_of.month - 1
    return [divmod(month, 12) for month in range(first, first + 12)]


def month_name(month: Month) -> str:
    return f"{months()[month[1]]} {month[0]}"


def counted(entries: Sequence[Event]) -> Counts:
    """How many events there are by month and ring."""
    return Counter(((event.day.year, event.day.month - 1), event.ring) for event in entries)


def wheel(entries: Sequence[Event], as_of: date, ident: str) -> str:
    """The wheel as SVG. The month of B is at the top, and time goes clockwise."""
    year, counts = months_from(as_of), counted(entries)
    marks = [mark for place, month in enumerate(year) for mark in _month(place, month, counts)]
    span = f"{month_name(year[0])} – {month_name(year[-1])}"
    marks.append(text(_SIZE / 2, _SIZE / 2 - 4, "Årshjul", anchor="middle", size=18))
    marks.append(text(_SIZE / 2, _SIZE / 2 + 16, span, anchor="middle", size=12))
    words = "; ".join(f"{month_name(month)}: {_in_words(month, counts)}" for month in year)
    return svg("arshjul", _SIZE, _SIZE, ident, f"Årshjul {span}", words, marks)


def _in_words(month: Month, counts: Counts) -> str:
    numbers = [f"{counts[month, ring]} {ring.lower()}" for ring in RINGS if counts.get((month, ring))]
    return ", ".join(numbers) or "inget"


def _month(place: int, month: Month, counts: Counts) -> Iterator[str]:
    """One month's fields, from the innermost ring outwards, and its name."""
    start, end = (math.tau * (place + side) / 12 - math.tau / 24 for side in (0, 1))
    for ring, name in enumerate(reversed(RINGS)):
        inner = _INNER + ring * _WIDTH
        number = counts.get((month, name), 0)
        fill = COLOURS[name] if number else "#eef1f4"
        kind = f"ring-{RINGS.index(name) + 1}" if number else "ring-tom"
        yield (
            f'<path class="{kind}" d="{_field(start, end, inner, inner + _WIDTH)}" fill="{fill}" stroke="#ffffff" '
            'stroke-width="2"/>'
        )
        if number:
            x, y = _at((start + end) / 2, inner + _WIDTH / 2)
            yield text(x, y + 5, str(number), "text-ring", "#ffffff", "middle", 14)
    x, y = _at((start + end) / 2, _OUTER + 22)
    yield text(x, y + 5, months()[month[1]], anchor="middle")


def _field(start: float, end: float, inner: float, outer: float) -> str:
    points = [_at(start, inner), _at(start, outer), _at(end, outer), _at(end, inner)]
    (a, b, c, d) = (f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{a}L{b}A{outer:.0f} {outer:.0f} 0 0 1 {c}L{d}A{inner:.0f} {inner:.0f} 0 0 0 {a}Z"


def _at(angle: float, radius: float) -> tuple[float, float]:
    """A point by its angle, clockwise from the top, and its distance from the middle."""
    return _SIZE / 2 + radius * math.sin(angle), _SIZE / 2 - radius * math.cos(angle)
