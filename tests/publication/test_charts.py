"""The charts: their marks, and the words that say the same."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from assets.publication.charts import STATES, Point, sparkline, states_by_area, unbroken

SVG = "{http://www.w3.org/2000/svg}"
DAYS = [date(2026, month, 1) for month in range(1, 6)]


def test_a_bar_is_as_long_as_its_number_and_says_it() -> None:
    drawn = ET.fromstring(states_by_area({"A & B": {"röd": 3, "grön": 1}, "C": {}}, "x"))  # noqa: S314 – ours
    assert drawn.findtext(f"{SVG}desc") == "A & B: 1 grön, 3 röd; C: inga"
    bars = [rect for rect in drawn.iter(f"{SVG}rect") if float(rect.get("height", 0)) > 20]
    green, red = (float(rect.get("width", 0)) + 2 for rect in bars)
    assert red == pytest.approx(3 * green, abs=0.2)
    assert {"1", "3"} <= {text.text for text in drawn.iter(f"{SVG}text")}
    assert "gul" not in states_by_area({"A": {"röd": 1}}, "x").split("</desc>")[1]


def test_text_on_every_colour_can_be_read() -> None:
    for ground, ink in ((ground, ink) for _, ground, ink in STATES.values()):
        light, dark = sorted((_luminance(ground), _luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, ground


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(part, 16) / 255 for part in re.findall("[0-9a-f]{2}", colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("values", "stretches"),
    [([], []), ([None], []), ([1.0], [1]), ([1.0, None, 2.0, 3.0], [1, 2]), ([None, None, 1.0, None], [1])],
)
def test_a_day_without_a_figure_breaks_the_curve(values: list[float | None], stretches: list[int]) -> None:
    points: list[Point] = list(zip(DAYS, values, strict=False))
    assert [len(run) for run in unbroken(points)] == stretches
    drawn = ET.fromstring(sparkline(points, 90, "x", "Ord <>."))  # noqa: S314
    assert len(list(drawn.iter(f"{SVG}polyline"))) == len(stretches)
    assert drawn.findtext(f"{SVG}desc") == "Ord <>."


def test_the_curve_stays_inside_its_frame() -> None:
    drawn = sparkline(list(zip(DAYS, [0.0, 250.0, 100.0, None, 3.0], strict=True)), 100, "x", "")
    heights = [float(y) for y in re.findall(r",([\d.-]+)[ \"]", drawn)]
    assert min(heights) >= 0
    assert max(heights) <= 36
