"""What stands on the page of an indicator, read from small reports made by hand."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assets.publication import sv
from assets.publication.narrative import Note
from assets.publication.page.trend import points, trend_of
from tests.publication.page.handmade import B, alerts, delivery, gap, indicator, report
from tests.publication.page.reading import written

NASTY = """<b>&"'åäö</b><script>alert(1)</script>"""


def test_nothing_delivered_still_makes_a_whole_page(tmp_path: Path) -> None:
    pages = written(tmp_path / "a", report())
    assert "Ingen leverans har setts" in pages["index.html"].text
    assert "Det finns inga indikatorer" in pages["index.html"].text
    assert set(pages) == {"index.html", "leveranser.html", "system/index.html"}


def test_a_share_is_told_with_its_parts_its_target_and_its_units_worst_first(tmp_path: Path) -> None:
    part = {"organisation": "a", "indicator": "UTB-01", "not_measured": 0}
    parts = [
        part
        | {
            "unit": "E1",
            "unit_name": "Ekens förskola",
            "numerator": 3,
            "denominator": 3,
            "value": 100.0,
            "state": "grön",
        },
        part | {"unit": "E2", "state": "ej mätbar", "reason_code": "nothing_measured", "not_measured": 1},
        part | {"unit": "E3", "numerator": 1, "denominator": 4, "value": 25.0, "state": "röd"},
        part | {"unit": "E4", "numerator": 0, "denominator": 1, "value": 0.0, "state": "röd"},
    ]
    page = written(tmp_path / "a", report([indicator()], parts))["indikatorer/UTB-01.html"]
    assert "87,5 %" in page.text
    assert "7 av 8" in page.text
    assert "Grön från 100 %, gul ned till 85 %, därunder röd." in page.text
    assert "Ledningens genomgång, avsnitt 2.2.3.2" in page.text
    values = [row[4].replace("\u00a0", " ") for row in page.rows if row[0] in ("E4", "E3", "E1")]
    assert values == ["0,0 % litet underlag", "25,0 % litet underlag", "100,0 % litet underlag"]
    assert [row[0] for row in page.rows if row[0].startswith("E") and row[0] != "Enhet"] == ["E4", "E3", "E1", "E2"]
    assert "Inget av det som omfattas gick att mäta." in page.text
    assert {"../indikatorer_per_enhet.csv", "../bristlistor/UTB-01.csv", "../underlag/UTB-01.json"} <= set(page.links)


def test_a_curve_says_its_figures_with_their_bases(tmp_path: Path) -> None:
    history = [
        {"organisation": "a", "indicator": "UTB-01", "as_of": B - timedelta(days=days), "night": True,
         "run_kind": "natt", "numerator": met, "denominator": 8, "value": 12.5 * met, "state": "röd"}
        for days, met in ((30, 2), (0, 7))
    ]  # fmt: skip
    page = written(tmp_path / "a", report([indicator()], history=history))["indikatorer/UTB-01.html"]
    assert f"Från 25,0 % (2 av 8) {B - timedelta(days=30)} till 87,5 % (7 av 8) {B}." in page.text
    assert page.text.count("87,5 % (7 av 8)") == 2, "in its words, and at its end"


def test_a_day_with_a_night_and_a_review_is_one_point_of_the_curve_and_two_rows(tmp_path: Path) -> None:
    figures = ((30, True, 2), (9, True, 4), (9, False, 6), (0, True, 7))
    history = [
        {"organisation": "a", "indicator": "UTB-01", "as_of": B - timedelta(days=days), "night": night,
         "run_kind": "natt" if night else "genomgång", "numerator": met, "denominator": 8, "value": 12.5 * met,
         "state": "röd"}
        for days, night, met in figures
    ]  # fmt: skip
    own = report([indicator()], history=history)
    assert points(trend_of(own.tables.history)) == [
        (B - timedelta(days=30), 25.0), (B - timedelta(days=9), 50.0), (B, 87.5)
    ]  # fmt: skip
    page = written(tmp_path / "a", own)["indikatorer/UTB-01.html"]
    kinds = [row[1] for row in page.rows if row[0] == str(B - timedelta(days=9))]
    assert kinds == ["natt", "genomgång"]


@pytest.mark.parametrize(
    ("own", "value", "target"),
    [
        ({"kind": "count", "target": None, "value": 1234.0, "state": "information"}, "1 234", "–"),
        ({"kind": "count", "target": 1, "value": 2.0, "state": "grön"}, "2", "minst 1"),
        ({"kind": "open", "target": 0, "value": 1.0, "state": "röd"}, "1", "högst 0"),
        ({"target": 80, "value": 100.0, "state": "grön"}, "100,0 %", "80 %"),
        (
            {"value": None, "state": "ej mätbar", "reason_code": "missing_registers", "concerns": ["personal"]},
            "–",
            "100 %",
        ),
    ],
)
def test_values_and_targets_in_words(tmp_path: Path, own: dict[str, Any], value: str, target: str) -> None:
    page = written(tmp_path / "a", report([indicator(**own)]))["index.html"]
    (row,) = [row for row in page.rows if row[0] == "UTB-01"]
    actual, wanted = (cell.replace("\u00a0", " ") for cell in row[2:4])
    assert (actual.removesuffix(" 7 av 8"), wanted) == (value, target)
    assert actual.endswith("7 av 8") == (own.get("kind", "share") == "share" and own["value"] is not None)


def test_a_share_stands_with_its_base_and_what_it_could_be(tmp_path: Path) -> None:
    unsure = indicator(lowest=79.6, highest=91.2, quarantined=3, incomplete=1, unmatched=0, certain=False)
    small = indicator("UTB-02", numerator=1, denominator=2, value=50.0, lowest=50.0, highest=50.9)
    sure = indicator("UTB-03", target=80, lowest=81.0, highest=100.0, certain=True, unmatched=1)
    pages = written(tmp_path / "a", report([unsure, small, sure]))
    cells = {row[0]: row[2].replace("\u00a0", " ") for row in pages["index.html"].rows if row[0].startswith("UTB")}
    assert cells["UTB-01"] == "87,5 % 7 av 8 kan vara 79–92 % 3 rader i karantän"
    assert cells["UTB-02"] == "50,0 % 1 av 2, litet underlag"
    own = pages["indikatorer/UTB-01.html"].text.replace("\u00a0", " ")
    assert "men kan vara 79–92 %" in own
    assert "finns 3 rader i karantän och 1 rad med en cell som inte gick att läsa." in own
    assert "Hur säker" not in pages["indikatorer/UTB-02.html"].text
    assert "Statusen är säker" in pages["indikatorer/UTB-03.html"].text


@pytest.mark.parametrize(
    ("kind", "figures", "words"),
    [
        ("share", (84.0, 79.0, 90.1), "79–91 %"), ("share", (79.9, 78.9, 80.9), ""),
        ("share", (80.0, 78.9, 80.0), "78–80 %"), ("share", (None, None, None), ""),
        ("open", (0.0, 0.0, 3.0), "0–3"), ("count", (15.0, 15.0, 15.0), ""),
        ("count", (15.0, 0.0, None), "0 eller fler"),
    ],
)  # fmt: skip
def test_what_a_figure_could_be_in_words(kind: str, figures: tuple[float | None, ...], words: str) -> None:
    assert sv.could_be(kind, *figures).replace("\u00a0", " ") == words


def test_a_register_with_rows_in_quarantine_is_in_force_with_a_remark(tmp_path: Path) -> None:
    remark = {"status": "i kraft med anmärkning", "reason": "3 rader av 100 i karantän"}
    rows = [
        {"organisation": "a", "register": "personal", "newest": B, "age": 0} | remark,
        {"organisation": "a", "register": "enheter", "newest": B, "age": 0, "status": "i kraft", "reason": None},
    ]
    page = written(tmp_path / "a", report(registers=rows))["index.html"]
    assert "1 av 2 register är i kraft utan anmärkning" in page.text.replace("\u00a0", " ")
    (row,) = [row for row in page.rows if "I kraft med anmärkning" in row[1]]
    assert row[-1].replace("\u00a0", " ") == "3 rader av 100 i karantän"


@pytest.mark.parametrize(
    ("own", "first", "order"),
    [
        ({"kind": "count", "target": 1}, "E1", "sämst först"),
        ({"kind": "count", "target": None}, "E2", "flest först"),
        ({"kind": "open", "target": 0}, "E2", "sämst först"),
        ({"kind": "share", "target": None}, "E1", "lägst först"),
    ],
)
def test_what_is_worst_depends_on_what_is_counted(
    tmp_path: Path, own: dict[str, Any], first: str, order: str
) -> None:
    part = {"organisation": "a", "indicator": "UTB-01", "state": "information", "not_measured": 0}
    parts = [part | {"unit": f"E{at}", "numerator": at, "value": float(at)} for at in (1, 2)]
    page = written(tmp_path / "a", report([indicator(**own)], parts))["indikatorer/UTB-01.html"]
    assert next(row[0] for row in page.rows if row[0] in ("E1", "E2")) == first
    assert f"2 enheter, {order}" in page.text


def test_the_city_has_no_target_for_a_count(tmp_path: Path) -> None:
    own = indicator(kind="count", target=1, numerator=3, denominator=None, value=3.0, state="information")
    page = written(tmp_path / "staden", report([own], organisation="staden"))["indikatorer/UTB-01.html"]
    assert "Inget mål: siffran är en upplysning." in page.text


def test_an_open_indicator_counts_its_gaps(tmp_path: Path) -> None:
    own = indicator("REV-01", kind="open", target=0, numerator=1, denominator=None, value=1.0, state="röd")
    page = written(tmp_path / "a", report([own]))["indikatorer/REV-01.html"]
    assert "1 brist " in page.text
    assert "Grön vid högst 0, annars röd." in page.text


def test_what_could_not_be_measured_is_said_with_its_reason_and_never_as_nought(tmp_path: Path) -> None:
    own = indicator(numerator=None, denominator=None, value=None, state="ej mätbar", reason_code="bulk_registration")
    page = written(tmp_path / "a", report([own]))["indikatorer/UTB-01.html"]
    assert "Ej mätbar" in page.text
    assert "Många genomföranden har registrerats på en gång (massregistrering)" in page.text
    assert "0 " not in page.text.replace("100 %", "").split("Vad indikatorn mäter")[0]
    assert "Ingen bristlista: indikatorn är ej mätbar." in page.text


def test_a_value_is_text_whatever_it_holds(tmp_path: Path) -> None:
    own = indicator(
        title=NASTY,
        question=NASTY,
        motive=NASTY,
        needs=[NASTY],
        reason=NASTY,
        reason_code="organisations_left_out",
        area=NASTY,
    )
    names = {"unit": NASTY, "key": NASTY, "label": NASTY, "reason": NASTY, "delivery": NASTY}
    made = report(
        [own], gaps=[gap(1, **names)], closed=[gap(2, **names)],
        deliveries=[delivery(NASTY, "avvisad", B, reason=NASTY)], name=NASTY,
    )  # fmt: skip
    pages = written(tmp_path / "a", made, alerts(("kritisk", NASTY, "nytt")), remarks=[NASTY])
    for page in pages.values():
        assert NASTY in page.text
        assert page.tags.count("script") == 1
        assert "b" not in page.tags


def test_the_oldest_500_of_2000_gaps_are_shown_and_the_rest_are_counted(tmp_path: Path) -> None:
    gaps = [gap(at, opened=B - timedelta(days=at), age_days=at) for at in range(2000)]
    folder = tmp_path / "a"
    page = written(folder, report([indicator()], gaps=gaps))["indikatorer/UTB-01.html"]
    listed = [row for row in page.rows if row[1].startswith("A0")]
    assert len(listed) == 500
    assert (listed[0][1], listed[-1][1]) == ("A001999", "A001500")
    assert "500 av 2 000 rader visas här; 1 500 till står i filerna nedan" in page.text
    assert "../bristlistor/UTB-01.csv" in page.links
    assert (folder / "indikatorer/UTB-01.html").stat().st_size < 300_000


def test_no_page_passes_300_kilobytes_however_long_its_texts_are(tmp_path: Path) -> None:
    long = {"label": "&" * 400, "reason": "lång orsak " * 60}
    gaps = [gap(at, **long) for at in range(900)]
    closed = [{"closed": B} | gap(at, **long) for at in range(900)]
    parts = [
        {"organisation": "a", "indicator": "UTB-01", "unit": f"E{at}", "unit_name": "Namn " * 40, "numerator": 0,
         "denominator": 1, "value": 0.0, "state": "röd", "not_measured": 0}
        for at in range(900)
    ]  # fmt: skip
    series = [
        {"organisation": "a", "indicator": "UTB-01", "as_of": B - timedelta(days=at), "night": True,
         "run_kind": "natt", "value": float(at % 100), "state": "röd", "reason": "för att " * 30}
        for at in range(900)
    ]  # fmt: skip
    deliveries = [delivery("personal", "ersatt", B, reason="därför att " * 60) for _ in range(900)]
    written(tmp_path / "a", report([indicator()], parts, series, (), gaps, closed, deliveries, gaps))
    sizes = {path.name: path.stat().st_size for path in (tmp_path / "a").rglob("*.html")}
    assert max(sizes.values()) < 300_000, sizes
    assert sizes["UTB-01.html"] > 100_000


def test_persons_that_no_list_shows_are_counted(tmp_path: Path) -> None:
    hidden = gap(0) | dict.fromkeys(["gap_id", "unit", "reason", "opened", "age_days", "delivery", "row"])
    rows = [gap(1), hidden | {"key": "ej visade", "label": "2"}]
    page = written(tmp_path / "a", report([indicator()], gaps=rows))["indikatorer/UTB-01.html"]
    assert "1 öppen brist, äldst först" in page.text
    assert "Dessutom ingår 2 brister som inte visas" in page.text


def test_notes_stand_on_the_curve_of_their_indicator_and_below_it(tmp_path: Path) -> None:
    days = [B - timedelta(days=age) for age in (60, 30, 0)]
    series = [
        {"as_of": day, "night": True, "run_kind": "natt", "indicator": name, "organisation": "a", "value": 50.0,
         "state": "röd"}
        for day in days
        for name in ("UTB-01", "KLA-04")
    ]  # fmt: skip
    notes = [
        Note(5, days[0] - timedelta(days=400), None, "Långt före kurvan"),
        Note(2, days[1], None, NASTY),
        Note(3, days[1], "UTB-01", "Ny lärplattform"),
        Note(4, days[2], "KLA-04", "Bara klassningarna"),
    ]
    pages = written(tmp_path / "a", report([indicator(), indicator("KLA-04")], history=series), notes=notes)
    page = pages["indikatorer/UTB-01.html"]
    assert f"{days[1]}: Ny lärplattform" in page.text
    assert f"{days[1]}: {NASTY}" in page.text
    assert "Långt före kurvan" in page.text
    assert "Bara klassningarna" not in page.text
    raw = (tmp_path / "a" / "indikatorer" / "UTB-01.html").read_text(encoding="utf-8")
    assert raw.count('<line class="notering"') == 1, "two notes of a day share a line, one before the curve has none"
    assert ">2, 3</text>" in raw
    assert "Bara klassningarna" in pages["indikatorer/KLA-04.html"].text


def test_how_it_is_mended_and_the_way_to_green_stand_on_the_page(tmp_path: Path) -> None:
    way = {"organisation": "a", "indicator": "UTB-01", "gaps": 3, "to_close": 2, "closed": 0, "opened": 0,
           "no_forecast": "too_short"}  # fmt: skip
    gaps = [gap(number, place=number, first=number < 3, shared=None) for number in (1, 2, 3)]
    page = written(tmp_path / "a", report([indicator()], gaps=[gap(1)], open_gaps=gaps, ways=[way]))
    text = page["indikatorer/UTB-01.html"].text
    assert "Så åtgärdas det. Gå kursen." in text
    assert "Det räcker att stänga 2 av 3 öppna brister" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Börja med de här" in text
