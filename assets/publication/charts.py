"""Charts as inline SVG: for the page, and as pictures in the document. No library draws them, so that every mark can
carry its words: each has a title and a description, and stands next to a table with the same figures.

Colours stand as attributes; the page's style sheet may give the classes others (dark mode, print).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape

STATES = {
    "grön": ("tillstand-gron", "#1a6b3a", "#ffffff"),
    "gul": ("tillstand-gul", "#f0c33c", "#1b1f24"),
    "röd": ("tillstand-rod", "#a4161a", "#ffffff"),
    "ej mätbar": ("tillstand-ej-matbar", "#59636e", "#ffffff"),
    "information": ("tillstand-information", "#2b5f91", "#ffffff"),
    "ej tillämplig": ("tillstand-ej-tillamplig", "#e3e7eb", "#1b1f24"),
}
"""State → its class, its ground and the colour of text on it (contrast at least 4.5 to 1)."""

Point = tuple[date, float | None]
"""A day and its figure, None where there was none."""

INK = "#1b1f24"
_FONT = "'Libertinus Serif', Georgia, serif"
_ROW, _BAR = 34, 24


def states_by_area(counts: Mapping[str, Mapping[str, int]], ident: str, width: int = 640, labels: int = 176) -> str:
    """One bar per area: how many of its indicators are in each state, area → state → number. `width`: the less, the
    larger are its letters where it is shown; `labels` of it are the areas' names."""
    most = max((sum(states.values()) for states in counts.values()), default=0)
    step = (width - labels) / max(most, 1)
    bars = enumerate(counts.items())
    marks = [mark for row, (area, states) in bars for mark in _bar(row, labels, area, states, step)]
    legend = list(_legend(counts, _ROW * len(counts) + 12, width))
    height = _ROW * len(counts) + 20 + 22 * max((row for row, _ in legend), default=0)
    words = "; ".join(f"{area}: {_listed(states)}" for area, states in counts.items()) or "Inga indikatorer."
    marks += [mark for _, mark in legend]
    return svg("diagram", width, height, ident, "Indikatorernas status per område", words, marks)


def _bar(row: int, labels: int, area: str, states: Mapping[str, int], step: float) -> Iterator[str]:
    top = row * _ROW + (_ROW - _BAR) / 2
    yield text(0, top + 17, area)
    left = float(labels)
    for state, (kind, ground, ink) in STATES.items():
        if number := states.get(state, 0):
            width = number * step
            yield (
                f'<rect class="{kind}" x="{left:.1f}" y="{top:.1f}" width="{width - 2:.1f}" height="{_BAR}" rx="3" '
                f'fill="{ground}" stroke="#59636e" stroke-width="0.5"/>'
            )
            yield text(left + width / 2 - 1, top + 17, str(number), f"text-{kind}", ink, "middle")
            left += width


def _legend(counts: Mapping[str, Mapping[str, int]], top: float, width: float) -> Iterator[tuple[int, str]]:
    """The states that occur, each with its colour, and on which row it stands."""
    left, row = 0.0, 1
    for state, (kind, ground, _) in STATES.items():
        if any(states.get(state) for states in counts.values()):
            takes = 40 + 8.2 * len(state)
            if left and left + takes - 12 > width:
                left, row = 0.0, row + 1
            y = top + 22 * (row - 1)
            yield (
                row,
                f'<rect class="{kind}" x="{left:.1f}" y="{y}" width="14" height="14" rx="3" fill="{ground}" '
                'stroke="#59636e" stroke-width="0.5"/>' + text(left + 20, y + 12, state),
            )
            left += takes


def _listed(states: Mapping[str, int]) -> str:
    return ", ".join(f"{states[state]} {state}" for state in STATES if states.get(state)) or "inga"


def sparkline(points: Sequence[Point], target: float | None, ident: str, words: str) -> str:
    """A figure over time, with its target as a dashed line. A day without a figure breaks the curve."""
    width, height, edge = 140, 36, 4
    values = [value for _, value in points if value is not None]
    top = max([*values, target or 0, 1])
    first, last = (points[0][0], points[-1][0]) if points else (date.min, date.min)
    span = max((last - first).days, 1)

    def place(day: date, value: float) -> tuple[float, float]:
        share = (day - first).days / span if last > first else 1
        return edge + share * (width - 2 * edge), height - edge - value / top * (height - 2 * edge)

    marks = []
    if target is not None:
        _, y = place(first, target)
        marks.append(
            f'<line class="mal" x1="{edge}" x2="{width - edge}" y1="{y:.1f}" y2="{y:.1f}" stroke="#59636e" '
            'stroke-dasharray="3 3"/>'
        )
    for run in unbroken(points):
        line = " ".join("{:.1f},{:.1f}".format(*place(day, value)) for day, value in run)
        marks.append(f'<polyline class="kurva" points="{line}" fill="none" stroke="#2b5f91" stroke-width="2"/>')
        x, y = place(*run[-1])
        marks.append(f'<circle class="punkt" cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#2b5f91"/>')
    return svg("kurvbild", width, height, ident, "Utveckling över tid", words, marks)


def unbroken(points: Sequence[Point]) -> list[list[tuple[date, float]]]:
    """The stretches of a curve between the days without a figure."""
    runs: list[list[tuple[date, float]]] = [[]]
    for day, value in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((day, value))
    return [run for run in runs if run]


def text(
    x: float, y: float, words: str, kind: str = "text", fill: str = INK, anchor: str = "start", size: int = 15
) -> str:
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-family="{_FONT}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def svg(kind: str, width: int, height: int, ident: str, title: str, words: str, marks: Sequence[str]) -> str:
    """`ident` tells the picture's title and description from those of others on the page."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" aria-labelledby="{ident}-titel {ident}-text">'
        f'<title id="{ident}-titel">{escape(title)}</title><desc id="{ident}-text">{escape(words)}</desc>'
        f"{''.join(marks)}</svg>"
    )
