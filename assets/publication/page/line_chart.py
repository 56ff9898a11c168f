"""The chart of one indicator, large enough to read: inline SVG with its scale, its days and its target."""

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from assets.publication.charts import Point, svg, unbroken

_WIDTH, _HEIGHT = 480, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 470, 14, 166
Mark = tuple[date, int]
"""A day and the number that it is marked with."""


def line_chart(
    points: Sequence[Point], target: int | None, unit: str, ident: str, words: str, notes: Sequence[Mark] = ()
) -> Markup:
    """The chart as SVG. `unit` stands after the numbers of the scale. A day without a figure breaks the curve.
    `notes`: the days of dated notes, each marked with its number; those outside the curve have no mark."""
    values = [value for _, value in points if value is not None]
    top = 100.0 if unit == "%" else _round_up(max([*values, target or 0, 1]))
    first, last = points[0][0], points[-1][0]
    span = (last - first).days

    def x(day: date) -> float:
        return _LEFT + ((day - first).days / span if span else 1) * (_RIGHT - _LEFT)

    def y(value: float) -> float:
        return _BOTTOM - value / top * (_BOTTOM - _TOP)

    marks = [*_scale(top, unit, y(top), y(top / 2), y(0)), *_days(first, last)]
    if target is not None:
        marks.append(f'<line class="mal" x1="{_LEFT}" x2="{_RIGHT}" y1="{y(target):.1f}" y2="{y(target):.1f}"/>')
    marks += _notes([(x(day), number) for day, number in notes if first <= day <= last])
    for run in unbroken(points):
        line = " ".join(f"{x(day):.1f},{y(value):.1f}" for day, value in run)
        marks.append(f'<polyline class="kurva" points="{line}"/>')
        marks += [f'<circle class="punkt" cx="{x(day):.1f}" cy="{y(value):.1f}" r="3"/>' for day, value in run[-60:]]
    drawn = svg("kurvbild stor", _WIDTH, _HEIGHT, ident, "Utveckling över tid", words, marks)
    return Markup(drawn)  # noqa: S704 – the words are escaped there, all else is numbers


def thinned(points: Sequence[Point], most: int = 48) -> list[Point]:
    """The curve with fewer points, first and last kept: first those inside a level stretch go, then every other."""
    kept = [
        point
        for at, point in enumerate(points)
        if at in (0, len(points) - 1) or not points[at - 1][1] == point[1] == points[at + 1][1]
    ]
    while len(kept) > most:
        kept = kept[:1] + kept[-1:0:-2][::-1]
    return kept


def _round_up(number: float) -> float:
    """The end of the scale: an even number, so that its half is whole."""
    step = 2 if number < 10 else int(10 ** (len(str(int(number))) - 1))
    end = -(-number // step) * step
    return end if end % 2 == 0 else end + step


def _scale(top: float, unit: str, high: float, middle: float, low: float) -> Iterator[str]:
    for value, y in ((top, high), (top / 2, middle), (0, low)):
        yield f'<line class="nat" x1="{_LEFT}" x2="{_RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        words = f"{value:.0f} {unit}".strip()
        yield f'<text x="{_LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{words}</text>'


def _notes(places: Sequence[tuple[float, int]]) -> Iterator[str]:
    """A line for each day with notes, with their numbers above it."""
    numbers: dict[float, list[str]] = {}
    for x, number in places:
        numbers.setdefault(x, []).append(str(number))
    for x, own in numbers.items():
        yield f'<line class="notering" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_BOTTOM}"/>'
        yield f'<text class="notering" x="{x:.1f}" y="{_TOP - 5}" text-anchor="middle">{", ".join(own)}</text>'


def _days(first: date, last: date) -> Iterator[str]:
    if last > first:
        yield f'<text x="{_LEFT}" y="{_BOTTOM + 26}">{first}</text>'
    yield f'<text x="{_RIGHT}" y="{_BOTTOM + 26}" text-anchor="end">{last}</text>'
