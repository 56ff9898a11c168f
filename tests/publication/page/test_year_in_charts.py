"""The year in charts: what is drawn, the table with the same numbers, and what isn't drawn."""

from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from assets.publication.column_charts import Series, bars, calendar, columns
from assets.publication.page.year_in_charts import Chart, charts, delivery_days
from assets.publication.report import Report
from tests.publication.page.handmade import delivery, gap, report

SVG = "{http://www.w3.org/2000/svg}"
RED, GREEN = Series("röd", "tillstand-rod", "#a4161a"), Series("grön", "tillstand-gron", "#1a6b3a")


def night(day: date, state: str, ident: str = "UTB-01") -> dict[str, Any]:
    return {"organisation": "a", "indicator": ident, "as_of": day, "night": True, "run_kind": "natt", "state": state}


def by_heading(own: Report) -> dict[str, Chart]:
    return {made.heading: made for made in charts(own)}


def cells(made: Chart) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in made.table.rows]


def test_the_states_stand_as_they_were_on_the_last_day_of_each_month() -> None:
    history = [
        night(date(2025, 11, 1), "grön"),  # over a year ago
        night(date(2026, 9, 1), "grön"),
        night(date(2026, 9, 30), "röd"),
        night(date(2026, 10, 31), "gul"),
        night(date(2026, 10, 31), "ej mätbar", "UTB-02"),
        night(date(2026, 10, 31), "mäts inte här", "UTB-03"),
    ]
    made = by_heading(report(history=history))["Status över året"]
    assert cells(made) == [
        ["2026-10-31", "0", "1", "0", "1", "0", "0"],
        ["2026-09-30", "0", "0", "1", "0", "0", "0"],
    ]
    drawn = ET.fromstring(made.picture)  # noqa: S314 – ours
    assert drawn.findtext(f"{SVG}desc") == "2026-09-30: 1 röd. 2026-10-31: 1 gul, 1 ej mätbar."
    assert drawn.findtext(f"{SVG}title")


def test_a_day_with_a_night_and_a_review_is_counted_once() -> None:
    day = date(2026, 9, 30)
    review = night(day, "grön") | {"night": False, "run_kind": "genomgång"}
    made = by_heading(report(history=[review, night(day, "röd"), night(date(2026, 10, 31), "gul")]))
    assert cells(made["Status över året"]) == [
        ["2026-10-31", "0", "1", "0", "0", "0", "0"],
        ["2026-09-30", "0", "0", "1", "0", "0", "0"],
    ]


def test_one_month_alone_is_no_chart() -> None:
    assert charts(report(history=[night(date(2026, 11, 1), "grön"), night(date(2026, 11, 2), "röd")])) == []


def test_gaps_are_counted_in_the_months_that_are_known_from_their_first_day() -> None:
    """The first night's gaps were opened at some time before it; a closed one is known for 90 days."""
    first = date(2026, 8, 1)
    opened = [gap(1, opened=first), gap(2, opened=date(2026, 9, 3)), gap(3, opened=date(2026, 10, 1))]
    closed = [
        gap(4, opened=first) | {"closed": date(2026, 9, 30)},
        gap(5, opened=first) | {"closed": date(2026, 8, 30)},
    ]
    made = by_heading(report(history=[night(first, "röd")], gaps=opened, closed=closed))[
        "Brister som öppnats och stängts"
    ]
    assert cells(made) == [["sep 2026", "1", "1"], ["okt 2026", "1", "0"], ["nov 2026", "0", "0"]]
    assert made.note == "Från 2026-09-01: en stängd brist följs i 90 dagar."


def test_incidents_are_told_by_kind() -> None:
    kinds = [
        {"organisation": "a", "incident_kind": kind, "incidents": number}
        for kind, number in (("Felutskick", 3), ("Angrepp", 1))
    ]
    made = by_heading(report(incident_kinds=kinds))["Personuppgiftsincidenter efter typ"]
    assert cells(made) == [["Felutskick", "3"], ["Angrepp", "1"]]


def test_deliveries_stand_on_their_days_and_a_refused_one_has_another_shape() -> None:
    made = report(
        deliveries=[
            delivery("personal", "i kraft", date(2026, 11, 1)),
            delivery("personal", "avvisad", date(2026, 10, 1)),
            delivery("personal", "ersatt", date(2025, 1, 1)),  # over a year ago
            delivery(None, "okänd", None),
        ]
    )
    drawn = ET.fromstring(delivery_days(made) or "")  # noqa: S314 – ours
    assert (
        (drawn.findtext(f"{SVG}desc") or "")
        .replace("\u00a0", " ")
        .startswith("2 leveranser till 1 register, 1 av dem avvisade.")
    )
    assert len(list(drawn.iter(f"{SVG}circle"))) == 1
    assert [rect.get("width") for rect in drawn.iter(f"{SVG}rect")].count("9") == 1
    assert delivery_days(report()) is None


@pytest.mark.parametrize("stacked", [True, False])
def test_a_column_is_as_high_as_its_number(stacked: bool) -> None:
    drawn = ET.fromstring(columns({"jan": {"röd": 3, "grön": 1}}, [GREEN, RED], "x", "T", "W", stacked=stacked))  # noqa: S314
    heights = [float(rect.get("height", 0)) for rect in drawn.iter(f"{SVG}rect") if rect.get("height") != "13.0"]
    assert heights[1] == pytest.approx(3 * heights[0], abs=0.2)


def test_every_mark_stays_inside_its_frame() -> None:
    days = [(date(2026, 1, 1), RED), (date(2026, 12, 31), GREEN)]
    pictures = [
        columns({f"m{n}": {"röd": n * 100} for n in range(12)}, [RED], "x", "T", "W", stacked=True),
        bars({"a": 12_345, "b": 0}, RED, "x", "T", "W"),
        calendar({"Register": days}, [RED, GREEN], date(2026, 1, 1), date(2026, 12, 31), "x", "T", "W"),
    ]
    for picture in pictures:
        drawn = ET.fromstring(picture)  # noqa: S314
        width, height = (float(drawn.get(side, 0)) for side in ("width", "height"))
        for rect in drawn.iter(f"{SVG}rect"):
            x, y, w, h = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
            assert x >= 0
            assert y >= 0
            assert x + w <= width + 0.1
            assert y + h <= height + 0.1
