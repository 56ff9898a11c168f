"""Whole numbers, yes and no, enums, lists and no value at all: each rule of docs/spec/interfaces.md on its own
line."""

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.parsing import null_if_blank, parse
from assets.registers.column import Column, Type
from tests.intake.delivered import REGISTERS

ENUMS = [
    pytest.param(column, id=f"{register.name}.{column.slug}")
    for register in REGISTERS.values()
    for column in register.columns
    if column.values
]
TYPES: tuple[Type, ...] = ("text", "code", "date", "datetime", "int", "bool", "enum", "list")


def read(column: Column, *texts: str) -> list[object]:
    frame = pl.DataFrame({column.slug: list(texts)}, schema={column.slug: pl.String})
    return parse(frame.select(null_if_blank(pl.col(column.slug), column.type)), [column])[column.slug].to_list()


def of(kind: Type) -> Column:
    return Column(name="X", type=kind, values=("Ja",) if kind == "enum" else ())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("3", 3), (" 3 ", 3), ("\u00a03\u00a0", 3), ("3,0", 3), ("3.0", 3), ("1 200", 1200),
        ("1\u00a0200", 1200), ("1\u202f200", 1200), ("1 200 000", 1_200_000), ("1 200,0", 1200), ("12 345", 12_345),
        ("-5", -5), ("007", 7), ("9223372036854775807", 9_223_372_036_854_775_807),
    ],
)  # fmt: skip
def test_whole_numbers(text: str, number: int) -> None:
    assert read(of("int"), text) == [number]


@pytest.mark.parametrize(
    "text",
    ["ca 20", "20 st", "3,5", "3.5", "1,200", "1.200", "tjugo", "1 2", "1 20", "12 34 567", "1200 300", "1e3",
     "0x10", "3-4", "- 5", "--5", "+", ",0", "3,", "١٢", "３", "½", "9223372036854775808", "∞",
     "nan", "Ja"],
)  # fmt: skip
def test_what_is_no_whole_number(text: str) -> None:
    assert read(of("int"), text) == [None]


@given(st.integers(-(10**12), 10**12))
def test_any_whole_number_however_it_is_parted(number: int) -> None:
    parted = f"{number:,}"
    texts = [str(number), f"{number},0", f"{number}.0", parted.replace(",", " "), parted.replace(",", "\u00a0")]
    assert read(of("int"), *texts) == [number] * len(texts)


@pytest.mark.parametrize(
    ("spelling", "value"),
    [("Ja", True), ("J", True), ("Yes", True), ("Y", True), ("X", True), ("1", True), ("Sant", True), ("True", True),
     ("Nej", False), ("N", False), ("No", False), ("0", False), ("Falskt", False), ("False", False)],
)  # fmt: skip
def test_yes_and_no_in_any_case(spelling: str, value: bool) -> None:
    texts = [spelling, spelling.upper(), spelling.lower(), f" {spelling}\u00a0", spelling.swapcase()]
    assert read(of("bool"), *texts) == [value] * len(texts)


@pytest.mark.parametrize("text", ["kanske", "2", "-1", "ja!", "ja/nej", "ok", "nja", "11", "true false", "☑"])
def test_neither_yes_nor_no(text: str) -> None:
    assert read(of("bool"), text) == [None]


@pytest.mark.parametrize("column", ENUMS)
def test_every_value_of_every_enum_in_any_case_and_no_other(column: Column) -> None:
    for value in column.values:
        decomposed = unicodedata.normalize("NFD", value)
        texts = [value, value.upper(), value.lower(), value.swapcase(), f"  {value}\n", decomposed]
        assert read(column, *texts) == [value] * len(texts)
    assert read(column, "Något annat", f"{column.values[0]}x", f"{column.values[0]}.") == [None] * 3


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("S1", ["S1"]), ("S1,S2", ["S1", "S2"]), ("S1;S2", ["S1", "S2"]), ("S1|S2", ["S1", "S2"]),
        ("S1\nS2", ["S1", "S2"]), ("S1\r\nS2", ["S1", "S2"]), ("S1\rS2", ["S1", "S2"]),
        (" S1 ,\u00a0S2; ;|\n S3 ", ["S1", "S2", "S3"]), ("S 1, s 1", ["S 1", "s 1"]), (",S1,", ["S1"]),
        ("S1,S1", ["S1", "S1"]), ("1;2;9", ["1", "2", "9"]), ("S1/S2", ["S1/S2"]),
    ],
)  # fmt: skip
def test_lists(text: str, parts: list[str]) -> None:
    assert read(of("list"), text) == [parts]


@pytest.mark.parametrize("text", [",", ";", "|", " , ; | ", ",\u00a0,", "\n,\n"])
def test_a_list_without_any_part_is_no_value(text: str) -> None:
    assert pl.DataFrame({"x": [text]}).select(null_if_blank(pl.col("x"), "list"))["x"].to_list() == [None]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("around", ["", " ", "\u00a0", "\t", "\r\n", " \u00a0\n"])
@pytest.mark.parametrize("text", ["", "-", "–", "NULL", "#N/A"])
def test_what_says_nothing_says_nothing_but_in_a_text(text: str, around: str, kind: Type) -> None:
    frame = pl.DataFrame({"x": [f"{around}{text}{around}"]})
    expected = text if kind == "text" and text else None
    assert frame.select(null_if_blank(pl.col("x"), kind))["x"].to_list() == [expected]


@pytest.mark.parametrize("text", ["--", "—", "null", "Null", "N/A", "#N/A!", "0", ".", "?", "NULL NULL"])
def test_what_says_something_is_a_value_of_a_code(text: str) -> None:
    assert read(of("code"), text) == [text]


def test_codes_are_left_as_they_are_but_for_what_stands_around() -> None:
    assert read(of("code"), " 0114 ", "a1", "A1", "A  1", "A\u00a01") == ["0114", "a1", "A1", "A  1", "A\u00a01"]


@given(st.sampled_from(TYPES), st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=5))
def test_any_texts_of_any_type_are_read_one_by_one(kind: Type, texts: list[str | None]) -> None:
    """A cell's value hangs on its own text alone, not on what stands above or below it."""
    column = of(kind)
    frame = pl.DataFrame({"x": texts}, schema={"x": pl.String}).select(null_if_blank(pl.col("x"), kind))
    together = parse(frame, [column])
    assert together.height == len(texts)
    alone = [parse(frame.slice(number, 1), [column]) for number in range(len(texts))]
    assert together.rows() == [row for one in alone for row in one.rows()]
