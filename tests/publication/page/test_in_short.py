"""The page's first words, from small reports made by hand."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from assets.publication.page.deliveries import by_register
from assets.publication.page.in_short import in_short, unlocked
from assets.publication.page.matrix import write_matrix
from assets.registers.contract import CITY
from tests.publication.page.handmade import B, indicator, register, report
from tests.publication.page.reading import Page, written


def sentence_of(**own: Any) -> str:
    made = report(**own)
    return in_short(made, by_register(made)).sentence.replace("\u00a0", " ")


def law(number: int, state: str) -> dict[str, Any]:
    return indicator(f"INC-0{number}", law=True, state=state, value=None if state == "ej mätbar" else 50.0)


def late(days: int, key: str = "P1 / Anmäld IMY") -> dict[str, Any]:
    return {"organisation": "a", "kind": "tidsfrist för rapport", "key": key, "due": B - timedelta(days=days)}


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (["röd", "röd", "röd", "röd", "ej mätbar"], "Inget av 4 mätbara lagkrav är uppfyllt"),
        (["grön", "röd"], "1 av 2 mätbara lagkrav är uppfyllt"),
        (["grön", "grön", "röd"], "2 av 3 mätbara lagkrav är uppfyllda"),
        (["grön", "grön"], "Alla 2 mätbara lagkrav är uppfyllda"),
        (["röd"], "Det enda mätbara lagkravet är inte uppfyllt"),
        (["ej mätbar"], "Inget lagkrav går att mäta"),
    ],
)
def test_the_law_comes_first(states: list[str], words: str) -> None:
    assert sentence_of(indicators=[law(at, state) for at, state in enumerate(states)]).startswith(f"{words};")


def test_then_what_is_late_and_what_is_missing() -> None:
    rows = [register("personal", "saknas", None), register("enheter", "i kraft", 0)]
    words = sentence_of(indicators=[law(1, "röd")], due=[late(110), late(0)], registers=rows)
    assert words.endswith("; en anmälan till IMY är 110 dagar sen; 1 av 2 register saknas.")
    remarked = [*rows, register("klassningar", "i kraft med anmärkning", 3, "2 rader av 9 i karantän", 2)]
    assert sentence_of(registers=remarked).endswith("; 1 av 3 register saknas och 1 har rader i karantän.")
    assert sentence_of(registers=remarked[1:]).endswith(
        "; alla 2 register har en leverans, 1 av dem med rader i karantän."
    )
    several = sentence_of(due=[late(3), late(7), late(1, "N1 / Slutrapport")], registers=rows[1:])
    assert (
        "; 2 anmälningar till IMY är sena, den äldsta 7 dagar; en rapport om en NIS-incident är 1 dag sen; "
        in several
    )
    assert several.endswith("; det enda registret har en leverans.")


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (["grön", "gul"], "Ingen indikator är röd."),
        (["grön", "ej mätbar"], "Ingen mätbar indikator är röd."),
        (["ej mätbar", "information"], "Inget mål går att mäta."),
        ([], "Inget mål går att mäta."),
    ],
)
def test_nothing_is_claimed_of_what_is_not_measured(states: list[str], words: str) -> None:
    assert in_short(report([law(at, state) for at, state in enumerate(states)]), []).none_red == words


def test_what_moved_most_and_what_asks_for_a_decision() -> None:
    figures = [
        indicator("UTB-01", value=60.0, state="röd", numerator=6, denominator=10),
        indicator("INC-03", law=True, value=90.0, state="röd", numerator=9, denominator=10),
        indicator("PLAN-02", kind="open", target=0, value=8.0, numerator=8, denominator=None, state="röd"),
        indicator("KLA-04", value=100.0, state="grön"),
        indicator("INC-01", kind="count", target=None, value=9.0, state="information"),
    ]
    was = {
        "UTB-01": (80.0, "röd"),
        "INC-03": (80.0, "röd"),
        "PLAN-02": (2.0, "röd"),
        "KLA-04": (99.0, "gul"),
        "INC-01": (1.0, "information"),
    }
    changes = [
        {"indicator": row["indicator"], "organisation": "a", "since": "genomgång", "before": date(2025, 10, 31),
         "value_before": was[row["indicator"]][0], "state_before": was[row["indicator"]][1], "value": row["value"],
         "state": row["state"], "changed": True, "numerator": row["numerator"], "denominator": row["denominator"],
         "numerator_before": 1, "denominator_before": 4}
        for row in figures
    ]  # fmt: skip
    short = in_short(report(figures, changes=changes), [])
    assert short.since == "2025-10-31"
    assert [line.indicator for line in short.better] == ["KLA-04", "INC-03"]
    assert [line.indicator for line in short.worse] == ["UTB-01", "PLAN-02"]
    assert [line.indicator for line in short.to_decide] == ["INC-03", "PLAN-02", "UTB-01"]
    words = [line.words.replace("\u00a0", " ") for line in short.to_decide]
    assert short.worse[0].words.replace("\u00a0", " ") == "från 80,0 % (1 av 4, litet underlag) till 60,0 % (6 av 10)"
    assert words == [
        "90,0 % (9 av 10), lagkravet är 100 %",
        "8 brister, ska vara noll",
        "60,0 % (6 av 10), målet är 100 %",
    ]


def test_what_cannot_be_measured_stands_under_the_register_that_would_unlock_it(tmp_path: Path) -> None:
    def lacking(ident: str, *registers: str) -> dict[str, Any]:
        return indicator(
            ident,
            value=None,
            state="ej mätbar",
            reason="underlag saknas",
            reason_code="missing_registers",
            concerns=list(registers),
        )

    made = report(
        [
            lacking("KLA-08", "pm3_system", "klassningar"),
            lacking("KLA-01", "klassningar"),
            lacking("KLA-02", "klassningar"),
            indicator(),
        ]
    )
    found = [(own.registers, [ident for ident, _ in own.indicators]) for own in unlocked(made)]
    assert found == [("klassningarna", ["KLA-01", "KLA-02"]), ("systemförteckningen och klassningarna", ["KLA-08"])]
    page = written(tmp_path / "a", made)["index.html"]
    assert "Klassningarna låser upp 2 indikatorer" in page.text
    assert page.text.count("Körning") == 1


def test_many_that_wait_for_registers_stand_there_and_not_among_the_measured(tmp_path: Path) -> None:
    waiting = {"value": None, "state": "ej mätbar", "reason_code": "missing_registers", "concerns": ["klassningar"]}
    few = [indicator(f"KLA-0{at}", area="Klassning", **waiting) for at in range(5)]
    many = [*few, indicator("KLA-09", area="Klassning", **waiting), indicator()]
    for name, figures, listed in (("few", few, 5), ("many", many, 0)):
        page = written(tmp_path / name, report(figures))["index.html"]
        assert sum(row[0].startswith("KLA") for row in page.rows if row) == listed
    assert "6 indikatorer väntar på register: se Vad som skulle gå att mäta" in page.text
    assert page.text.count("KLA-03") == 1


def test_the_city_sees_the_organisations_beside_each_other(tmp_path: Path) -> None:
    parts = [
        {"indicator": "UTB-01", "organisation": "a", "numerator": 7, "denominator": 8, "value": 87.5, "state": "gul"},
        {"indicator": "UTB-01", "organisation": "b", "state": "ej mätbar", "reason": "inga mätta"},
    ]
    made = report([indicator(organisation=CITY)], parts=parts, organisation=CITY)
    write_matrix(made, tmp_path / "matris.html")
    text = (tmp_path / "matris.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert 'aria-label="gul, 87,5 % (7 av 8)">▲</a>' in text
    assert 'aria-label="ej mätbar">?</a>' in text
    rows = [row for row in Page(text).rows if row[0] == "B"]
    assert rows == [["B", "0", "0", "0", "1", "0", "0"]]
