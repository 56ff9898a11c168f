"""Why a figure is as it is: a sentence for every code that the tables can give, and none is parsed from prose."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assets.publication.page.reason import sentence
from assets.publication.sv import register_name

MARTS = Path(__file__).parents[3] / "sql" / "marts"


def figure(code: str | None, **own: Any) -> dict[str, Any]:
    return {"reason_code": code, "concerns": None, "first_day": None, "reason": "what files show"} | own


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (figure(None, reason=None), ""),
        (figure("before_first_day", first_day=date(2026, 1, 15)), "Indikatorn gäller först från 2026-01-15."),
        (figure("nothing_measured"), "Inget av det som omfattas gick att mäta."),
        (
            figure("organisations_left_out", reason="1 av 2 ej mätbara, 1 av 2 blockerade"),
            "Av organisationerna: 1 av 2 ej mätbara, 1 av 2 blockerade.",
        ),
        (
            figure("missing_registers", concerns=["personal", "enheter"]),
            f"Underlag saknas: {register_name('personal')} och {register_name('enheter')}.",
        ),
        (
            figure("spoiled_registers", concerns=["personal"]),
            f"Över hälften av raderna är i karantän: {register_name('personal')}.",
        ),
        (
            figure("absent_columns", concerns=["personal.Roll", "personal.Chef från"]),
            "Källan saknar personal.Roll och personal.Chef från.",
        ),
    ],
)
def test_sentences(row: dict[str, Any], words: str) -> None:
    assert sentence(row) == words


def test_every_code_has_a_sentence() -> None:
    values = (MARTS / "indicator_values.sql").read_text(encoding="utf-8")
    codes = set(re.findall(r"(?m)^ +when '([a-z_]+)' then (?:'|concat)", values))
    assert {"missing_registers", "unknown_ids", "organisations_left_out"} <= codes
    for code in codes:
        assert re.fullmatch(r"[A-ZÅÄÖ].*\.", sentence(figure(code, concerns=["personal"], first_day="x", reason="y")))
