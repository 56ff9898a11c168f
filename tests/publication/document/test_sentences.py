"""What a figure says, by kind, state, number and what was before; and why it isn't measured."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.publication.document.chapters.figures import unmeasured
from assets.publication.document.chapters.indicator_sentence import Figure
from assets.publication.document.layout import fitted_widths
from assets.publication.document.model import Cited, Table, Text, UncitedNumber, line, text_of
from assets.publication.document.words import genitive, percent
from assets.publication.sv import integer, register_name
from assets.registers.read_contracts import load_registers
from assets.settings import Settings
from assets.warehouse.models import load_models

_SENTENCES = {
    model.indicator_id: model.indicator.sentence.model_dump_json()
    for model in load_models(Settings.model_fields["sql"].default).values()
    if model.indicator
}
"""Indicator → its sentence, as the catalogue has it."""


def left_out(organisations: int, not_measurable: int, blocked: int = 0, not_taking_part: int = 0) -> dict[str, Any]:
    """The columns of a city's figure that lacks organisations."""
    return {
        "reason_code": "organisations_left_out",
        "organisations": organisations,
        "not_taking_part": not_taking_part,
        "not_measurable": not_measurable,
        "blocked": blocked,
    }


def figure(indicator: str = "BEH-01", kind: str = "share", state: str = "röd", **row: Any) -> Figure:
    before = row.pop("before", None)
    sentences = {
        "indicator": indicator, "title": f"Titel {indicator}", "kind": kind, "state": state, "target": 100,
        "law": False, "numerator": None, "denominator": None, "value": None, "reason": None,
        "reason_code": None, "concerns": None, "not_measured": 0, "lowest": None, "highest": None,
        "sentence": _SENTENCES.get(indicator), **row,
    }  # fmt: skip
    if kind == "share" and sentences["denominator"]:
        sentences["value"] = round(100 * sentences["numerator"] / sentences["denominator"], 1)
    elif sentences["numerator"] is not None:
        sentences["value"] = float(sentences["numerator"])
    was = None if before is None else {"value_before": before, "before": date(2022, 10, 31)}
    return Figure(sentences, was)


NOT_MEASURED = "organisationer gick inte att mäta"
RUTIN = "klassade informationstillgångar har en behörighetsrutin"
DPIA = "registreringar som kräver konsekvensbedömning har en beslutad bedömning"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            figure(numerator=11, denominator=17),
            "11 av 17 klassade informationstillgångar har en behörighetsrutin (64,7 %).",
        ),
        (
            figure(numerator=11, denominator=17, lowest=60.0, highest=70.6),
            f"11 av 17 {RUTIN} (64,7 %, men kan vara mellan 60 % och 70,6 %).",
        ),
        (
            figure(numerator=11, denominator=17, lowest=64.1, highest=65.7),
            "11 av 17 klassade informationstillgångar har en behörighetsrutin (64,7 %).",
        ),
        (
            figure(numerator=1, denominator=1, state="grön"),
            "1 av 1 klassad informationstillgång har en behörighetsrutin (100 %).",
        ),
        (
            figure(numerator=0, denominator=4),
            "Ingen av 4 klassade informationstillgångar har en behörighetsrutin (0 %).",
        ),
        (
            figure(numerator=4, denominator=4, state="grön"),
            "Samtliga 4 klassade informationstillgångar har en behörighetsrutin (100 %).",
        ),
        (
            figure("KLA-04", numerator=1, denominator=8, target=80),
            "1 av 8 informationstillgångar är klassad (12,5 %), under målet på 80 %.",
        ),
        (
            figure("KLA-09", numerator=663, denominator=1046, state="gul", target=70),
            "663 av 1 046 krav ur klassningarna är uppfyllda (63,4 %), nära målet på 70 %.",
        ),
        (
            figure("UTB-05", numerator=9, denominator=10, state="grön", target=80),
            "9 av 10 möjliga deltagare har nåtts av de gemensamma utbildningarna (90 %), vilket når målet på 80 %.",
        ),
        (
            figure("STY-01", numerator=1, denominator=1, state="grön"),
            "Den lokala anvisningen är beslutad och har setts över det senaste året.",
        ),
        (
            figure("STY-01", numerator=0, denominator=1),
            "Någon lokal anvisning som är beslutad och har setts över det senaste året finns inte.",
        ),
        (
            figure("DPIA-01", numerator=5, denominator=39, law=True),
            f"5 av 39 {DPIA} (12,8 %), vilket inte uppfyller lagens krav.",
        ),
        (
            figure("DPIA-01", numerator=2, denominator=2, law=True, state="grön"),
            f"Samtliga 2 {DPIA} (100 %), som lagen kräver.",
        ),
        (figure("KLA-01", "count", "information", numerator=12, target=None), "12 klassningar har genomförts."),
        (figure("KLA-01", "count", "information", numerator=1, target=None), "1 klassning har genomförts."),
        (figure("KLA-01", "count", "information", numerator=0, target=None), "Ingen klassning har genomförts."),
        (figure("REV-01", "open", numerator=1, target=0), "1 rekommendation är ännu inte åtgärdad."),
        (figure("REV-01", "open", numerator=7, target=0), "7 rekommendationer är ännu inte åtgärdade."),
        (figure(numerator=5, denominator=7, before=71.4), f"5 av 7 {RUTIN} (71,4 %), oförändrat sedan 2022-10-31."),
        (
            figure(numerator=5, denominator=7, before=60.0),
            f"5 av 7 {RUTIN} (71,4 %), en ökning från 60 % per 2022-10-31.",
        ),
        (
            figure(numerator=5, denominator=7, before=80.5),
            f"5 av 7 {RUTIN} (71,4 %), en minskning från 80,5 % per 2022-10-31.",
        ),
        (
            figure("KLA-01", "count", "information", numerator=12, target=None, before=9.0),
            "12 klassningar har genomförts, jämfört med 9 vid genomgången 2022-10-31.",
        ),
        (
            figure(numerator=1, denominator=2, not_measured=1),
            f"1 av 2 {RUTIN} (50 %). Ytterligare 1 kunde inte bedömas: uppgifter saknas.",
        ),
        (
            figure(numerator=1, denominator=2, **left_out(3, 1)),
            f"1 av 2 {RUTIN} (50 %); 1 av 3 organisationer gick inte att mäta.",
        ),
        (
            figure(numerator=1, denominator=2, **left_out(3, 0, not_taking_part=2)),
            f"1 av 2 {RUTIN} (50 %); 3 av 5 organisationer deltar.",
        ),
        (
            figure(numerator=1, denominator=2, **left_out(3, 1, not_taking_part=2)),
            f"1 av 2 {RUTIN} (50 %); 3 av 5 organisationer deltar, 1 av 3 {NOT_MEASURED}.",
        ),
        (
            figure(numerator=1, denominator=2, **left_out(4, 1, 2)),
            f"1 av 2 {RUTIN} (50 %); 1 av 4 {NOT_MEASURED} och ytterligare 2 är underkända i valideringen.",
        ),
        (
            figure(numerator=1, denominator=2, **left_out(4, 0, 1)),
            f"1 av 2 {RUTIN} (50 %); 1 av 4 organisationer är underkänd i valideringen.",
        ),
        (figure("NY-01", numerator=3, denominator=4), "”Titel NY-01”: 3 av 4 (75 %)."),
    ],
)
def test_a_measured_figure(made: Figure, expected: str) -> None:
    assert text_of(made.sentence()).replace("\N{NO-BREAK SPACE}", " ") == expected


@pytest.mark.parametrize(
    ("state", "columns", "expected"),
    [
        (
            "ej mätbar",
            {"reason_code": "bulk_registration"},
            "går inte att mäta: många genomföranden har registrerats på en gång",
        ),
        (
            "ej mätbar",
            {"reason_code": "missing_registers", "concerns": ["utbildning", "personal"]},
            "underlag saknas från utbildningarna och personalregistret.",
        ),
        (
            "ej mätbar",
            {"reason_code": "missing_registers", "concerns": ["nytt_register"]},
            "underlag saknas från nytt_register.",
        ),
        (
            "ej mätbar",
            {"reason_code": "absent_columns", "concerns": ["personal.Roll", "personal.Chef från"]},
            "går inte att mäta: källan saknar personal.Roll och personal.Chef från.",
        ),
        (
            "ej mätbar",
            {"reason_code": "nothing_measured"},
            "går inte att mäta: de uppgifter som behövs är inte ifyllda.",
        ),
        ("ej mätbar", left_out(3, 3), "går inte att mäta i någon av de 3 organisationerna."),
        ("ej mätbar", left_out(1, 1), "går inte att mäta i den enda organisationen."),
        ("ej mätbar", left_out(0, 0), "går inte att mäta: det finns ingen organisation att mäta."),
        (
            "ej mätbar",
            left_out(3, 2, 1),
            f"går inte att mäta: 2 av 3 {NOT_MEASURED} och ytterligare 1 är underkänd i valideringen.",
        ),
        ("ej mätbar", left_out(3, 0, 3), "går inte att mäta: 3 av 3 organisationer är underkända i valideringen."),
        (
            "ej mätbar",
            left_out(3, 1),
            f"går inte att mäta: de uppgifter som behövs är inte ifyllda; 1 av 3 {NOT_MEASURED}.",
        ),
        (
            "ej mätbar",
            left_out(2, 2, not_taking_part=1),
            "går inte att mäta i någon av de 2 organisationerna som deltar.",
        ),
        ("ej tillämplig", left_out(3, 1), f"är inte tillämpligt; 1 av 3 {NOT_MEASURED}."),
        (
            "ej tillämplig",
            {"reason_code": "before_first_day", "first_day": date(2026, 1, 15)},
            "följs först från och med 2026-01-15.",
        ),
        ("ej tillämplig", {"reason_code": "no_requirement"}, "eftersom inget sådant krav gäller ännu."),
        ("ej tillämplig", {"reason_code": "nothing_in_scope"}, "eftersom det inte finns något att följa upp."),
        ("ej tillämplig", {"reason_code": "new", "reason": "annat skäl 7"}, "är inte tillämpligt: annat skäl 7."),
    ],
)
def test_a_figure_that_is_not_measured(state: str, columns: dict[str, Any], expected: str) -> None:
    (sentence,) = unmeasured([figure("A-01", state=state, **columns), figure("A-02", state=state, **columns)])
    text = text_of(sentence)
    assert text.startswith("”Titel A-01” och ”Titel A-02” ")
    assert expected in text


def test_different_reasons_make_different_sentences() -> None:
    figures = [figure(f"A-{n}", state="ej mätbar", reason=reason) for n, reason in enumerate("aba")]
    assert len(unmeasured(figures)) == 2


@given(st.text())
def test_no_plain_piece_holds_a_number(text: str) -> None:
    if any(sign.isnumeric() for sign in text):
        with pytest.raises(UncitedNumber):
            Text(text)
        with pytest.raises(UncitedNumber):
            line(text)
    else:
        assert text_of(line(text)) == text


def test_how_numbers_and_names_are_written() -> None:
    assert [percent(value) for value in (0.0, 71.4, 100.0)] == ["0\xa0%", "71,4\xa0%", "100\xa0%"]
    assert [integer(value) for value in (3, 1046)] == ["3", "1\xa0046"]
    assert [genitive(name) for name in ("Farsta", "Stockholms hus")] == ["Farstas", "Stockholms hus"]


def test_every_register_has_a_name() -> None:
    registers = load_registers(Settings.model_fields["registers"].default)
    assert all(register_name(slug) != slug for slug in registers)


def test_a_column_takes_the_width_that_its_longest_word_lacks() -> None:
    day = Cited("2027-12-31", {"register": "x"})
    table = Table(("Område", "Dag"), ((line("a"), line(day)), (line("b"), line(day))), (95, 5))
    narrow, wide = fitted_widths(Table(table.head, table.rows, (50, 50))), fitted_widths(table)
    assert narrow == (45.0, 45.0)
    assert wide[1] >= 1.2 * len("2027-12-31")
    assert sum(wide) == pytest.approx(90)
    long = fitted_widths(Table(("A", "B"), ((line("x" * 200), line(day)),), (1, 1)))
    assert long[1] > 1.2 * len("2027-12-31")
