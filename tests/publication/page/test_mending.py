"""The shortest way to green on the pages: what is said of it, and what comes first."""

from datetime import date

import pytest

from assets.publication.page.mending import units_table
from assets.publication.page.way_to_green import shared_table, way_of, ways_table
from assets.publication.units.own import units_of
from tests.publication.page import handmade

NBSP = "\N{NO-BREAK SPACE}"


def way(**own: object) -> dict[str, object]:
    return {
        "organisation": "a", "indicator": "UTB-01", "title": "Utbildade", "value": 80.0, "measure": "%", "target": 90,
        "state": "röd", "law": False, "kind": "share", "gaps": 20, "to_close": 10, "days": 90, "closed": 12,
        "opened": 2, "green_on": date(2027, 2, 1), "no_forecast": None, "why": None,
    } | own  # fmt: skip


def gap(number: int, **own: object) -> dict[str, object]:
    return handmade.gap(number, title="Utbildade", mend="Gå kursen.", place=number + 1, first=number < 10) | own


@pytest.mark.parametrize(
    ("own", "sentences"),
    [
        ({}, [f"Det räcker att stänga 10 av 20{NBSP}öppna brister för att siffran ska bli grön.",
              "I samma takt som de senaste 90 dagarna, 12 stängda och 2 tillkomna brister, är den grön 2027-02-01."]),
        ({"gaps": 10, "no_forecast": "too_few"},
         [f"Alla 10{NBSP}öppna brister behöver stängas för att siffran ska bli grön.",
          "När den är grön går inte att säga: färre än tio brister har stängts de senaste 90 dagarna."]),
        ({"gaps": 1, "to_close": 1, "no_forecast": "too_short", "days": None},
         ["Den enda öppna bristen behöver stängas för att siffran ska bli grön.",
          "När den är grön går inte att säga: bristerna har inte följts i 30 dagar än."]),
        ({"no_forecast": "not_fewer", "opened": 15},
         [f"Det räcker att stänga 10 av 20{NBSP}öppna brister för att siffran ska bli grön.",
          "Bristerna blir inte färre: 12 stängda och 15 tillkomna brister de senaste 90 dagarna."]),
        ({"no_forecast": "too_far"},
         [f"Det räcker att stänga 10 av 20{NBSP}öppna brister för att siffran ska bli grön.",
          "I samma takt som de senaste 90 dagarna, 12 stängda och 2 tillkomna brister, tar det mer än tio år."]),
    ],
)  # fmt: skip
def test_what_is_said_of_the_way(own: dict[str, object], sentences: list[str]) -> None:
    report = handmade.report(ways=[way(**own)], open_gaps=[gap(1)])
    line = report.tables.way_to_green.row(0, named=True)
    assert way_of(line, report.tables.open_gaps).sentences == sentences


def test_the_gaps_to_begin_with_stand_in_their_order() -> None:
    gaps = [gap(number, unit="E1") for number in reversed(range(20))]
    report = handmade.report(ways=[way()], open_gaps=gaps)
    found = way_of(report.tables.way_to_green.row(0, named=True), report.tables.open_gaps).first
    assert found
    assert [row[1] for row in found.rows] == [f"A{number:06}" for number in range(10)]


def test_where_all_must_close_and_none_is_shared_no_order_is_shown() -> None:
    report = handmade.report(ways=[way(gaps=1, to_close=1)], open_gaps=[gap(0)])
    assert way_of(report.tables.way_to_green.row(0, named=True), report.tables.open_gaps).first is None


def test_objects_that_several_figures_share_are_one_line_each() -> None:
    gaps = [
        gap(1, indicator="KLA-04", shared="KLA-05", key="T1", delivery="t.csv", row=2),
        gap(2, indicator="KLA-05", shared="KLA-04", key="T1", delivery="t.csv", row=2, unit="E1"),
        gap(3),
    ]
    gaps[0]["unit"] = "E1"
    found = shared_table(handmade.report(open_gaps=gaps))
    assert found
    assert [(str(row[0]), str(row[3])) for row in found.rows] == [("T1", "KLA-04, KLA-05")]
    assert shared_table(handmade.report(open_gaps=[gap(3)])) is None


def test_a_figure_without_a_forecast_says_why_in_its_line() -> None:
    short = way(indicator="KLA-04", green_on=None, no_forecast="too_short", why="har inte följts i 30 dagar")
    ways = handmade.report(ways=[way(), short]).tables.way_to_green
    lines = [[str(cell) for cell in row[-2:]] for row in ways_table(ways).rows]
    assert lines == [
        ["2027-02-01", "12 stängda, 2 tillkomna på 90 dagar."], ["–", "Har inte följts i 30 dagar."]
    ]  # fmt: skip
    alone = ways_table(ways.filter(indicator="KLA-04"))
    assert [column.heading for column in alone.columns][-1] == "Öppna brister", "no pace is known of any"


def test_units_stand_with_the_most_gaps_first() -> None:
    report = handmade.report(open_gaps=[gap(1, unit="E1"), gap(2, unit="E2"), gap(3, unit="E2")])
    found = units_table(units_of(report), linked=True)
    assert found
    assert [str(row[0]) for row in found.rows] == ["E2", "E1"]
    assert 'href="enheter/E2.html"' in found.rows[0][-1]
    unlinked = units_table(units_of(report), linked=False)
    assert unlinked
    assert str(unlinked.rows[0][-1]) == "–"
    assert units_table([], linked=True) is None
