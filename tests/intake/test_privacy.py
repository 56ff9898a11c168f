"""Personal numbers in any text are found and replaced, and other numbers are left (docs/spec/interfaces.md,
Privacy)."""

import random
from datetime import date
from typing import get_args

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assets.intake.privacy import masks
from assets.personal_numbers import MASK, Place, holds_number, mask_name, mask_text
from tests.intake.fictitious import COORDINATED, PERSON, SPELLINGS, number, numbers, spelled, unborn

PLACES: tuple[Place, ...] = get_args(Place)
CONTEXTS = {
    "alone": "{}",
    "in a sentence": "Gäller {}, se akten.",
    "right after letters": "pnr{}x",
    "in brackets": "({})",
    "quoted": '"{}"',
    "after a colon": "Pnr:{};",
    "between underscores": "_{}_",
    "in an address": "https://exempel.se/?id={}&v=1",
    "among lines": "Rad\n{}\nrad",
    "after a case number": "Dnr 2023/123 {}",
    "before a day": "{} 2023-10-31",
    "after a day": "2023-10-31 {}",
    "after a telephone number": "08-508 000 00 {}",
    "twice": "{0} {0}",
    "full stop": "{}.",
}


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("digits", [PERSON, COORDINATED], ids=["personal", "coordination"])
def test_a_number_is_replaced_however_it_is_written_and_wherever_it_stands(
    digits: str, spelling: str, context: str
) -> None:
    text = context.format(spelled(digits, spelling))
    masked = mask_text(text)
    assert masked == context.format(MASK)
    assert holds_number(text)
    assert not holds_number(masked)


@given(numbers, st.sampled_from(sorted(SPELLINGS)), st.text(max_size=15), st.text(max_size=15))
@example(PERSON, "blanks all through", "Tel 123456", "")
@example(PERSON, "blanks all through", "2023-10-31", "")
@example(PERSON, "parted ten", "Ärende 123456", "")
def test_no_text_around_it_hides_a_number(digits: str, spelling: str, before: str, after: str) -> None:
    number = spelled(digits, spelling)
    assert number not in mask_text(f"{before} {number} {after}")


def test_no_moment_holds_a_number_whatever_its_digits() -> None:
    """The search of columns passes moments over: of their digits only the first two decide what may be one."""
    draw = random.Random(1)
    for year in range(10_000):
        for between in " T":
            day, clock = draw.randrange(100, 10_000), draw.randrange(10**6)
            text = f"{year:04}-{day // 100:02}-{day % 100:02}{between}{clock // 10**4:02}:{clock // 100 % 100:02}"
            assert not any(holds_number(text, place) for place in PLACES)
            assert not any(holds_number(f"{text}:{clock % 100:02}", place) for place in PLACES)


@given(numbers, st.sampled_from([" ", "T"]))
def test_beside_moments_numbers_are_found(digits: str, between: str) -> None:
    moment = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}{between}{digits[8:10]}:{digits[10:12]}"
    texts = [moment, f"{digits} {moment}", f"{moment} {digits}", digits]
    found = masks(pl.DataFrame({"text": texts, "code": texts}), codes=["code"])
    assert set(found["text"]) == set(texts[1:])
    assert set(found["code"]) == {text for text in texts[1:] if holds_number(text, "code")}


@given(numbers, st.lists(st.sampled_from("\u200b\u00ad\u2060\u200e\u202c*`~\\"), min_size=12, max_size=12))
def test_no_sign_that_nobody_sees_hides_a_number_wherever_it_stands(digits: str, unseen: list[str]) -> None:
    number = "".join(sign + digit for sign, digit in zip(unseen, digits, strict=True))
    assert mask_text(f"Gäller {number}.") == f"Gäller {unseen[0]}{MASK}."


@pytest.mark.parametrize("text", ["2026-03-01\u200b{}", "**{}**", "&#{};", "a%20{}%20b", "{}&nbsp;kr"])
def test_what_stands_beside_a_number_stays(text: str) -> None:
    number = f"{PERSON[:8]}-{PERSON[8:]}"
    assert mask_text(text.format(number)) == text.format(MASK)


@given(numbers, st.integers(0, 9))
def test_an_unseen_sign_of_any_kind_hides_no_number(digits: str, at: int) -> None:
    """Two of each range of Default_Ignorable_Code_Point, and what else shows nothing."""
    ranges = (
        "00ad 034f 061c 115f 1160 17b4 17b5 180b 180f 200b 200f 202a 202e 2060 206f 3164 fe00 fe0f feff ffa0 fff0"
    )
    for point in f"{ranges} fff8 fff9 fffb 1bca0 1bca3 1d173 1d17a e0000 e0041 e0fff 2800 20e3 0336 1f".split():
        number = digits[: at + 1] + chr(int(point, 16)) + digits[at + 1 :]
        assert mask_text(f"Gäller {number}.") == f"Gäller {MASK}."
        assert masks(pl.DataFrame({"x": [number]})) == {"x": {number: MASK}}


@pytest.mark.parametrize(
    "text", ["[{0}](x)-{1}", "[{0}][1]-{1}", "{0}[-{1}](https://exempel.se/?a=b)", "[{0}](x%20y)[{1}](z)"]
)
def test_no_link_hides_a_number(text: str) -> None:
    masked = mask_text(text.format(PERSON[:8], PERSON[8:]))
    assert MASK in masked
    assert PERSON[:8] not in masked
    assert PERSON[8:] not in masked


def test_the_target_of_a_link_is_searched_too() -> None:
    target = f"https://exempel.se/{PERSON[:8]}%2D{PERSON[8:]}"
    assert mask_text(f"[1]({target}) <a href='{target}'>2</a>").count(MASK) == 2


@given(numbers)
def test_with_another_check_digit_it_is_nobodys_and_stays(digits: str) -> None:
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    text = f"Nr {wrong[:8]}-{wrong[8:]}"
    assert mask_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "18971309-9942", "18970230-9942", "18971032-9942", "18971099-9942", "2023-10-31", "2023-10-31--2024-10-31",
        "2023-10-31 – 2024-10-31", "20231031-20241031", "SE556000-4615", "08-508 000 00", "IT-1", "", " ",
        "2023-10-31 14:05:33", "1 200 000", "3,14", "[personnummer]", "KLA-2023-0001", "S-100200-3",
        "17.10.2023 16:47:24", "250710 12 24", "2023-10-17 16 47",
        "2023-10-31 (2024)", "2023-10-31 [1]", "10 m\u00b2",
    ],
)  # fmt: skip
def test_what_is_no_number_of_a_person_stays(text: str) -> None:
    assert mask_text(text) == text
    assert not holds_number(text)


@pytest.mark.parametrize("born", [date(1890, 1, 1), date(1892, 2, 29), date(1896, 2, 29), date(1899, 12, 31)])
@pytest.mark.parametrize("serial", [980, 989, 990, 999])
@pytest.mark.parametrize("coordination", [False, True])
def test_every_edge_of_the_series(born: date, serial: int, coordination: bool) -> None:
    digits = number(born, serial, coordination=coordination)
    assert mask_text(f"{digits[:8]}-{digits[8:]}") == MASK


@pytest.mark.parametrize("dash", ["\u2014", "\u2015", "\u00ad"])
def test_unusual_signs_before_the_last_four(dash: str) -> None:
    """ "Lean to replacing where date and check digit fit": a miss costs a person."""
    assert mask_text(f"{PERSON[:8]}{dash}{PERSON[8:]}") == MASK


@pytest.mark.parametrize("blank", ["\u202f", "\u2007", "\u2009", "\u200b", "\t", "   "])
def test_unusual_blanks_before_the_last_four(blank: str) -> None:
    assert mask_text(f"{PERSON[:8]}{blank}{PERSON[8:]}") == MASK


@given(
    st.lists(
        st.one_of(st.text(max_size=20), numbers.map(lambda digits: f"Akt {digits[:8]}-{digits[8:]}")), max_size=8
    )
)
def test_the_search_in_columns_finds_what_the_search_in_texts_finds(texts: list[str]) -> None:
    found = masks(pl.DataFrame({"x": texts}, schema={"x": pl.String})).get("x", {})
    assert found == {text: mask_text(text) for text in texts if holds_number(text)}


@pytest.mark.parametrize(("month", "day"), [(0, 60), (0, 75), (2, 60), (2, 90), (2, 91), (4, 91), (12, 91)])
def test_a_coordination_number_of_a_day_that_is_not_known(month: int, day: int) -> None:
    ten = unborn(month, day, 985)
    assert mask_text(f"Samordningsnr {ten[:6]}-{ten[6:]}.") == f"Samordningsnr {MASK}."


@pytest.mark.parametrize(("month", "day"), [(13, 60), (0, 31), (2, 30), (1, 92), (0, 0)])
def test_no_such_day_is_nobodys(month: int, day: int) -> None:
    ten = unborn(month, day, 985)
    assert mask_text(f"{ten[:6]}-{ten[6:]}") == f"{ten[:6]}-{ten[6:]}"


@pytest.mark.parametrize("letter", "TRSUWXJKLMNt")
def test_an_interim_number_has_a_letter(letter: str) -> None:
    # the letter counts as 1, so the check digit is that of a serial which begins with 1
    digits = "971009185"
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    check = -sum(value // 10 + value % 10 for value in doubled) % 10
    assert mask_text(f"pnr 971009-{letter}85{check} i akten") == f"pnr {MASK} i akten"
    assert mask_text(f"pnr 971009-{letter}85{(check + 1) % 10}") != f"pnr {MASK}"


@pytest.mark.parametrize(
    ("code", "is_masked"),
    [("{0}-{1}", True), (" {0}{1} ", True), ("A1; {0}-{1}; B2", True), ("se {0}-{1}", True),
     ("INC-{0}-{1}", False), ("{0}-{1}-A", False), ("x{0}{1}", False), ("FSN/{0}/{1}", False),
     ("{0},{1}", True), ("{0}&#45;{1}", True)],
)  # fmt: skip
def test_in_a_code_only_a_whole_code_is_a_number(code: str, is_masked: bool) -> None:
    text = code.format(PERSON[2:8], PERSON[8:])
    assert (mask_text(text, "code") != text) == is_masked
    found = masks(pl.DataFrame({"x": [text]}), codes=["x"])
    assert bool(found) == is_masked


@pytest.mark.parametrize(
    "name",
    ["utbildning_20250909-1704.csv", "export 2025-09-09_1704.csv", "x20250909T170455.xlsx", "20250909 2359.csv"],
)
def test_a_files_name_may_hold_a_day_and_a_time(name: str) -> None:
    assert mask_name(name) == name


def test_a_files_name_may_hold_a_person() -> None:
    assert mask_name(f"akt {PERSON[:8]}-{PERSON[8:]}.csv") == f"akt {MASK}.csv"
