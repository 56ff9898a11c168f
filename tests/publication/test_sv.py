"""How figures and their reasons are written in Swedish."""

from decimal import Decimal

import pytest

from assets.publication import sv
from assets.publication.charts import STATES


def test_numbers_have_spaces_that_hold_and_a_comma() -> None:
    assert sv.whole_number(1234567) == "1\u00a0234\u00a0567"
    assert sv.percent(Decimal("87.5")) == "87,5\u00a0%"
    assert sv.percent(100.0) == "100,0\u00a0%"
    assert sv.counted(1, "brist", "brister") == "1\u00a0brist"
    assert sv.counted(0, "brist", "brister") == "0\u00a0brister"
    assert sv.join_list(["a", "b", "c"]) == "a, b och c"
    assert sv.months()[:5] == ("jan", "feb", "mars", "apr", "maj")


@pytest.mark.parametrize(
    ("kind", "value", "before", "text"),
    [
        ("share", 87.5, Decimal("80.0"), "+7,5"),
        ("share", 0.3, Decimal("0.4"), "−0,1"),
        ("count", 1000.0, Decimal("2500.0"), "−1\u00a0500"),
        ("open", 3.0, Decimal("3.0"), "±0"),
        ("share", None, Decimal("3.0"), "–"),
        ("share", 3.0, None, "–"),
    ],
)
def test_changes(kind: str, value: float | None, before: Decimal | None, text: str) -> None:
    assert sv.change(kind, value, before) == text


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (None, ""),
        ("före 2026-01-15", "Indikatorn gäller först från 2026-01-15."),
        ("inga mätta", "Inget av det som omfattas gick att mäta."),
        ("1 av 2 ej mätbara, 1 av 2 blockerade", "Av organisationerna: 1 av 2 ej mätbara, 1 av 2 blockerade."),
        ("något annat", "Något annat."),
    ],
)
def test_reasons_are_sentences(reason: str | None, sentence: str) -> None:
    assert sv.reason(reason) == sentence


def test_missing_registers_are_called_by_their_names() -> None:
    names = [sv.register_name(slug) for slug in ("personal", "enheter")]
    assert sv.reason("underlag saknas: personal, enheter") == f"Underlag saknas: {names[0]} och {names[1]}."
    assert sv.register_name("inget register") == "inget register"


def test_every_state_has_words_and_a_colour() -> None:
    assert list(sv.STATE_WORDS) == list(STATES)
    assert len({words.symbol for words in sv.STATE_WORDS.values()}) == len(STATES)
