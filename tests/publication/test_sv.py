"""How figures and their reasons are written in Swedish."""

from decimal import Decimal

import pytest

from assets.publication import sv
from assets.publication.charts import STATES


def test_an_age_is_never_negative() -> None:
    assert [sv.age(days) for days in (None, 0, 1234, -1)] == ["–", "0", "1\u00a0234", "efter B"]


def test_numbers_have_spaces_that_hold_and_a_comma() -> None:
    assert sv.integer(1234567) == "1\u00a0234\u00a0567"
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


def test_a_text_becomes_a_sentence() -> None:
    assert (sv.as_sentence(None), sv.as_sentence("inga mätta"), sv.as_sentence("Redan en.")) == (
        "", "Inga mätta.", "Redan en.",
    )  # fmt: skip


def test_a_register_is_called_what_its_contract_says() -> None:
    assert sv.register_name("registerforteckning") == "registerförteckningen"
    assert sv.register_name("inget register") == "inget register"


def test_every_state_has_words_and_a_colour() -> None:
    assert list(sv.STATE_WORDS) == list(STATES)
    assert len({words.symbol for words in sv.STATE_WORDS.values()}) == len(STATES)
