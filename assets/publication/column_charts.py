"""Charts of numbers that belong to months or kinds, as inline SVG: columns stacked or side by side, lying bars, and
marks on a calendar. Narrow enough to be read on a telephone; drawn as the charts of `charts`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assets.publication.charts import svg, text
from assets.publication.sv import integer, months

_WIDTH, _TOP, _HEIGHT, _LEFT = 480, 8, 190, 34
_SMALL, _TEXT = 12, 13
_BAR_LABELS, _BAR_ROW = 150, 28
_LANE, _AXIS = 30, 22

Counts = Mapping[str, Mapping[str, int]]
"""Label of a column → name of a series → number."""


@dataclass(frozen=True)
class Series:
    """A colour of a chart: its name, its class in the style sheet, its ground and the colour of text on it."""

    name: str
    css: str
    ground: str
    ink: str = "#ffffff"


def columns(counts: Counts, series: Sequence[Series], ident: str, title: str, words: str, *, stacked: bool) -> str:
    """A column for each label: its series on top of each other, or side by side. Each number stands in its mark, or
    above it where there is no room."""
    heights = [sum(own.values()) if stacked else max(own.values(), default=0) for own in counts.values()]
    scale = (_HEIGHT - _TOP) / max(*heights, 1)
    step = (_WIDTH - _LEFT) / max(len(counts), 1)
    marks: list[str] = [
        f'<line class="nat" x1="{_LEFT}" x2="{_WIDTH}" y1="{_HEIGHT}" y2="{_HEIGHT}" stroke="#59636e"/>'
    ]
    for at, (label, own) in enumerate(counts.items()):
        left = _LEFT + at * step
        marks += _stack(own, series, left, step, scale) if stacked else _side_by_side(own, series, left, step, scale)
        marks.append(text(left + step / 2, _HEIGHT + 17, label, anchor="middle", size=_SMALL))
    marks += _legend([own for own in series if any(c.get(own.name) for c in counts.values())], _HEIGHT + 30)
    rows = -(-len(series) // 3)
    return svg("diagram smalt", _WIDTH, _HEIGHT + 34 + 20 * rows, ident, title, words, marks)


def _stack(own: Mapping[str, int], series: Sequence[Series], left: float, step: float, scale: float) -> Iterator[str]:
    below = float(_HEIGHT)
    for one in series:
        if number := own.get(one.name, 0):
            height = number * scale
            below -= height
            yield _rect(one, left + step * 0.12, below, step * 0.76, height)
            if height >= _TEXT:
                place = below + height / 2 + 4
                yield text(left + step / 2, place, integer(number), f"text-{one.css}", one.ink, "middle", _SMALL)


def _side_by_side(
    own: Mapping[str, int], series: Sequence[Series], left: float, step: float, scale: float
) -> Iterator[str]:
    width = min(step * 0.8 / len(series), 56)
    start = left + (step - width * len(series)) / 2
    for at, one in enumerate(series):
        number, x = own.get(one.name, 0), start + at * width
        top = _HEIGHT - number * scale
        yield _rect(one, x + 2, top, width - 4, number * scale)
        has_room = number * scale >= _TEXT + 4
        kind, ink = (f"text-{one.css}", one.ink) if has_room else ("text", "#1b1f24")
        yield text(x + width / 2, top + _TEXT if has_room else top - 3, integer(number), kind, ink, "middle", _SMALL)


def bars(numbers: Mapping[str, int], one: Series, ident: str, title: str, words: str) -> str:
    """A lying bar for each kind, with its number at its end."""
    scale = (_WIDTH - _BAR_LABELS - 36) / max(*numbers.values(), 1)
    marks: list[str] = []
    for at, (name, number) in enumerate(numbers.items()):
        top = at * _BAR_ROW
        marks.append(text(0, top + 18, name, size=_TEXT))
        marks.append(_rect(one, _BAR_LABELS, top + 4, max(number * scale, 1), _BAR_ROW - 8))
        marks.append(text(_BAR_LABELS + number * scale + 6, top + 18, integer(number), size=_TEXT))
    return svg("diagram smalt", _WIDTH, _BAR_ROW * len(numbers) + 4, ident, title, words, marks)


def calendar(
    lanes: Mapping[str, Sequence[tuple[date, Series]]],
    series: Sequence[Series],
    first: date,
    last: date,
    ident: str,
    title: str,
    words: str,
) -> str:
    """A lane for each name, with a mark on each of its days from `first` to `last`; a line begins each month."""
    span = max((last - first).days, 1)
    bottom = _AXIS + _LANE * len(lanes)

    def x(day: date) -> float:
        return 8 + (day - first).days / span * (_WIDTH - 16)

    marks: list[str] = []
    for month in _months_between(first, last):
        marks.append(
            f'<line class="nat" x1="{x(month):.1f}" x2="{x(month):.1f}" y1="{_AXIS}" y2="{bottom}" stroke="#d9d6cf"/>'
        )
        if (last - month).days > 12:
            marks.append(text(x(month) + 2, 14, months()[month.month - 1], size=_SMALL))
    for at, (name, own) in enumerate(lanes.items()):
        top = _AXIS + at * _LANE
        marks.append(text(8, top + 12, name, size=_SMALL))
        marks.append(f'<line class="nat" x1="8" x2="{_WIDTH - 8}" y1="{top + 22}" y2="{top + 22}" stroke="#d9d6cf"/>')
        marks += [_mark(one, x(day), top + 22, series.index(one)) for day, one in own]
    marks += _legend(series, bottom + 12)
    return svg("diagram smalt", _WIDTH, bottom + 16 + 20 * -(-len(series) // 3), ident, title, words, marks)


def _mark(one: Series, x: float, y: float, shape: int) -> str:
    """A circle, or where it isn't the first of the series a square: no colour alone tells them apart."""
    if shape == 0:
        return f'<circle class="{one.css}" cx="{x:.1f}" cy="{y}" r="5" fill="{one.ground}"/>'
    return f'<rect class="{one.css}" x="{x - 4.5:.1f}" y="{y - 4.5}" width="9" height="9" fill="{one.ground}"/>'


def _months_between(first: date, last: date) -> Iterator[date]:
    for at in range(first.year * 12 + first.month, last.year * 12 + last.month):
        yield date(at // 12, at % 12 + 1, 1)


def _rect(one: Series, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect class="{one.css}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2" '
        f'fill="{one.ground}" stroke="#59636e" stroke-width="0.5"/>'
    )


def _legend(series: Sequence[Series], top: float) -> Iterator[str]:
    for at, one in enumerate(series):
        left, below = at % 3 * (_WIDTH / 3), top + at // 3 * 20
        yield _rect(one, left, below, 13, 13)
        yield text(left + 19, below + 11, one.name, size=_TEXT)
