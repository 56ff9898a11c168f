"""Numbers with decimals: what is one, what may be two, and what lands of it."""

import tempfile
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.parsing import null_if_blank, parse
from assets.registers.column import Column
from assets.registers.contract import Register
from assets.registers.landed import landed_fields
from tests.intake.books import ods, sheet_xlsx
from tests.intake.contracts import cells, contract, faults, taken_in
from tests.intake.fictitious import PERSON

NUMBER = Column(name="X", type="number")
MOST = Decimal("999999999999.999999")


def read(*texts: str) -> list[object]:
    frame = pl.DataFrame({"x": list(texts)}, schema={"x": pl.String})
    return parse(frame.select(null_if_blank(pl.col("x"), "number")), [NUMBER])["x"].to_list()


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return contract(tmp_path, 'Andel = { type = "number", min = 0.1, max = 100 }\n')


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"), ("3", "3"), ("3,5", "3.5"), ("3.5", "3.5"), ("-0,25", "-0.25"), ("\u22122,5", "-2.5"),
        ("+7", "7"), ("1 234,5", "1234.5"),
        ("1\u00a0234\u00a0567,25", "1234567.25"), ("1\u202f234.5", "1234.5"), ("1234,567", "1234.567"),
        ("1 234,567", "1234.567"),
        ("0,125", "0.125"), ("0.125", "0.125"), ("007,5", "7.5"), ("1,25", "1.25"), ("1,2500", "1.25"),
        ("1.0000", "1"), (" 3,0 ", "3"),
        ("0,30000000000000004", "0.3"), ("0,0000005", "0"), ("0,0000015", "0.000002"),
        ("999999999999,999999", str(MOST)),
        ("1000", "1000"), ("1 000", "1000"), ("-0", "0"),
    ],
)  # fmt: skip
def test_numbers(text: str, number: str) -> None:
    assert read(text) == [Decimal(number)]


@pytest.mark.parametrize(
    "text",
    ["1.000", "1,000", "12,345", "123.456", "-1.000", "+1,125", "\u22121,125"],
)
def test_what_may_be_two_numbers_is_none(text: str) -> None:
    assert read(text) == [None]


@pytest.mark.parametrize(
    "text",
    ["1.234,5", "1,234.5", "1.234.567", "1,234,567", "1 2", "1 23,5", "12 34 567", "3,", ",5", ".5", "3,5,1",
     "ca 3", "3 %",
     "3%", "12 kr", "1e3", "1,5E+02", "½", "٣", "3,5-", "- 5", "--5", "nan", "inf", "∞", "Ja", "1000000000000",
     "999999999999,9999999"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert read(text) == [None]


@pytest.mark.parametrize("text", ["", "-", "–", "NULL", "#N/A", " \u00a0"])
def test_no_value(text: str) -> None:
    assert pl.DataFrame({"x": [text]}).select(null_if_blank(pl.col("x"), "number")).item() is None


@given(st.decimals(-MOST, MOST, places=6))
def test_any_number_however_it_is_written(number: Decimal) -> None:
    integer, _, decimals = f"{number:,.6f}".partition(".")
    texts = [
        f"{number:.6f}", f"{number:.6f}".replace(".", ","), f"{integer.replace(',', ' ')},{decimals}",
        f"{integer.replace(',', chr(0xA0))}.{decimals}",
    ]  # fmt: skip
    assert read(*texts) == [number] * len(texts)


@given(st.decimals(-(10**6), 10**6, places=9))
def test_decimals_beyond_the_sixth_are_rounded(number: Decimal) -> None:
    assert read(f"{number:.9f}") == [number.quantize(Decimal("0.000001"), ROUND_HALF_EVEN)]


def test_what_it_costs_and_how_it_is_shown(tmp_path: Path, register: Register) -> None:
    texts = ["0,1", "0,05", "100", "100,000001", "1.000", "Anna", "12 procent", ""]
    found = taken_in(tmp_path, register, cells(register, "Andel", texts))
    assert found.valid["andel"].to_list() == [Decimal("0.1"), None, Decimal(100), *[None] * 5]
    assert found.valid.schema["andel"] == pl.Decimal(18, 6)
    assert faults(found) == [
        (3, "0,05", "utanför gränser", "cellen"), (5, "100,000001", "utanför gränser", "cellen"),
        (6, "1.000", "oläsbar", "cellen"), (7, "[visas inte]", "oläsbar", "cellen"),
        (8, "[visas inte]", "oläsbar", "cellen"),
    ]  # fmt: skip
    assert found.valid.columns == ["row", *landed_fields(register)]


def test_of_a_key_it_costs_the_row_and_equal_numbers_are_one(tmp_path: Path) -> None:
    head = 'about = "x"\nmode = "snapshot"\nkey = ["Gräns"]\n[columns]\n'
    register = contract(tmp_path, '"Gräns" = { type = "number", max = 10 }\nB = { type = "text" }\n', head)
    found = taken_in(tmp_path, register, "Gräns;B\n1,5;a\n1.50;b\n1.500;c\n11;d\n2;e\n")
    assert faults(found) == [(4, "1.500", "oläsbar", "raden"), (5, "11", "utanför gränser", "raden")]
    assert (found.valid["b"].to_list(), found.duplicates) == (["b", "e"], 1)


def test_of_a_register_without_a_key_it_is_part_of_what_tells_rows_apart(tmp_path: Path) -> None:
    head = 'about = "x"\nmode = "snapshot"\nkey = []\n[columns]\n'
    register = contract(tmp_path, 'A = { type = "number" }\nB = { type = "text" }\n', head)
    found = taken_in(tmp_path, register, "A;B\n1,5;x\n1.50;x\n2;x\n")
    assert found.valid["row_key"].to_list() == ["1.500000 / x #1", "1.500000 / x #2", "2.000000 / x #1"]


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_a_number_of_a_workbook_says_how_many_decimals_it_has(
    tmp_path: Path, register: Register, ending: str
) -> None:
    """1.125 in a number's cell is no 1125; in a text's it may be."""
    rows: list[list[object]] = [
        ["Id", "Andel"],
        ["A", 1.125],
        ["B", "1.125"],
        ["C", 0.1 + 0.2],
        ["D", 12.345],
        ["E", 7],
    ]
    content = {".xlsx": sheet_xlsx, ".ods": lambda table: ods(("Data", table))}[ending](rows)
    found = taken_in(tmp_path, register, content, ending)
    assert found.valid["andel"].to_list() == [Decimal(n) for n in ("1.125",)] + [None] + [
        Decimal(n) for n in ("0.3", "12.345", "7")
    ]
    assert faults(found) == [(3, "1.125", "oläsbar", "cellen")]


def test_a_personal_number_is_no_number_and_a_computed_ones_decimals_are_none(tmp_path: Path) -> None:
    register = contract(tmp_path, 'Belopp = { type = "number" }\n')
    spelled = [PERSON[-10:], f"{PERSON[-10:-4]}.{PERSON[-4:]}", f"0,{PERSON[-10:]}"]
    found = taken_in(tmp_path, register, cells(register, "Belopp", spelled))
    assert faults(found) == [(2, "[personnummer]", "oläsbar", "cellen"), (3, "[personnummer]", "oläsbar", "cellen")]
    assert found.valid["belopp"].to_list()[:2] == [None, None]
    assert PERSON[-4:] not in str(found.valid["belopp"].to_list())


@given(st.lists(st.text(max_size=8), max_size=6))
def test_any_texts_are_read_one_by_one(texts: list[str]) -> None:
    assert read(*texts) == [value for text in texts for value in read(text)]


@given(st.lists(st.one_of(st.text(max_size=6), st.sampled_from(["1,5", "1.000", "99,9", PERSON])), max_size=5))
def test_no_row_disappears(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        register = contract(Path(name), 'Andel = { type = "number", max = 50 }\n')
        clean = ["".join(char for char in text if char.isprintable() and char != '"') for text in texts]
        found = taken_in(Path(name), register, cells(register, "Andel", clean))
    assert found.read == len(texts) == found.valid.height
