"""Whatever a TOML file is refused for, its reader learns where, and of what is common how to mend it."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.toml_fault import toml_fault


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Åtgärd = 1", "fel på rad 1, tecken 1: namn med annat än a–z"),
        ("a = 1\nb c = 2", "fel på rad 2, tecken 3: namn med annat än a–z"),
        ('a = "\\d"', "fel på rad 1, tecken 8: ett mönster skrivs inom enkla citattecken"),
        ("a = ordet", "fel på rad 1, tecken 5: en text skrivs inom citattecken"),
        ('a = "b\n', "ett citattecken stängs inte på raden"),
        ("a = 1\na = 2", ": nyckeln står två gånger"),
        ("[a]\n[b]\n[a]", "fel på rad 3, tecken 3: tabellen står två gånger"),
        ("[a", "haken stängs inte"),
        ("a = [1", "en hake eller klammer stängs inte"),
        ("a = { b = 1,\n c = 2 }", "på en och samma rad"),
        ("a = 1 b = 2", "efter värdet får bara en kommentar stå"),
    ],
)
def test_a_fault_names_its_place_and_the_mend(text: str, message: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as refused:
        tomllib.loads(text)
    assert message in toml_fault(refused.value)


@given(st.text())
def test_every_fault_is_told_in_swedish(text: str) -> None:
    message = "fel på rad"
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        message = toml_fault(fault)
    assert message.startswith(("fel på rad", "filen slutar"))
