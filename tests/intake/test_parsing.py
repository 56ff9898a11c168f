"""Every spelling of a value that docs/spec/interfaces.md allows, and those it doesn't."""

from datetime import date, datetime

import polars as pl
import pytest

from assets.intake.parsing import null_if_blank, parse
from assets.registers.column import Column, Type


def parsed(kind: Type, text: str, **more: object) -> object:
    column = Column(name="X", type=kind, **more)
    clean = pl.DataFrame({"x": [text]}).select(null_if_blank(pl.col("x"), kind))
    return parse(clean, [column])["x"][0]


@pytest.mark.parametrize(
    "text",
    ["2023-10-31", "20231031", "31/10/2023", "31.10.2023", "31 okt 2023", "31 oktober 2023", "31 OKT. 2023", "45230",
     "\u00a02023-10-31 ", "2023-10-31 14:05"],
)  # fmt: skip
def test_days(text: str) -> None:
    assert parsed("date", text) == date(2023, 10, 31)


@pytest.mark.parametrize(
    "text",
    [
        "31/10/23",
        "10/31/2023",
        "2023-02-30",
        "20231301",
        "31 okt",
        "oktober 2023",
        "19999",
        "80001",
        "i går",
        "2023-W44",
    ],
)
def test_no_days(text: str) -> None:
    assert parsed("date", text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-10-31 14:05", "13:05:00", "13:05:00"),
        ("2023-10-31T14:05:33", "13:05:33", "13:05:33"),
        ("31/10/2023  14.05", "13:05:00", "13:05:00"),
        ("31 okt 2023 9:05", "08:05:00", "08:05:00"),
        ("2023-10-31T14:05Z", "14:05:00", "14:05:00"),
        ("2023-10-31 14:05+02:00", "12:05:00", "12:05:00"),
        ("45230,5", "11:00:00", "11:00:00"),
    ],
)
def test_moments(text: str, first: str, last: str) -> None:
    column = Column(name="X", type="datetime")
    row = parse(pl.DataFrame({"x": [text]}), [column]).row(0, named=True)
    assert (row["x"], row["x_last"]) == tuple(
        datetime.fromisoformat(f"2023-10-31T{clock}") for clock in (first, last)
    )
    assert row["x_day"] == date(2023, 10, 31)


@pytest.mark.parametrize(
    ("text", "first", "last", "day"),
    [
        ("2023-10-31", "2023-10-30T23:00:00", "2023-10-31T22:59:59.999999", "2023-10-31"),
        ("2023-10-31 00:00", "2023-10-30T23:00:00", "2023-10-30T23:00:00", "2023-10-31"),
        ("2023-10-29", "2023-10-28T22:00:00", "2023-10-29T22:59:59.999999", "2023-10-29"),
        ("2023-03-26", "2023-03-25T23:00:00", "2023-03-26T21:59:59.999999", "2023-03-26"),
        ("2023-10-29 02:30", "2023-10-29T00:30:00", "2023-10-29T00:30:00", "2023-10-29"),
        ("2023-03-26 02:30", "2023-03-26T01:30:00", "2023-03-26T01:30:00", "2023-03-26"),
        ("2023-10-31T23:30Z", "2023-10-31T23:30:00", "2023-10-31T23:30:00", "2023-11-01"),
    ],
    ids=["a day", "midnight", "25 hours", "23 hours", "the first of two", "one that isn't", "a zone's next day"],
)
def test_days_and_clock_changes(text: str, first: str, last: str, day: str) -> None:
    row = parse(pl.DataFrame({"x": [text]}), [Column(name="X", type="datetime")]).row(0, named=True)
    assert (row["x"], row["x_last"]) == (datetime.fromisoformat(first), datetime.fromisoformat(last))
    assert row["x_day"] == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["2023-10-31 24:00", "2023-10-31 14:60", "2023-10-31 14", "14:05", "2023-02-30 10:00"]
)
def test_no_moments(text: str) -> None:
    assert parsed("datetime", text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("3,0", 3), ("3.0", 3), ("3,00", 3), ("1 200", 1200), ("1\u00a0200\u00a0000", 1_200_000), ("-5", -5),
     ("+7", 7), ("007", 7)],
)  # fmt: skip
def test_whole_numbers(text: str, number: int) -> None:
    assert parsed("int", text) == number


@pytest.mark.parametrize("text", ["ca 20", "3,5", "1 2", "12 34", "1e3", "99999999999999999999", "III", "1.000.000"])
def test_no_whole_numbers(text: str) -> None:
    assert parsed("int", text) is None


@pytest.mark.parametrize("text", ["Ja", "J", "yes", "Y", "x", "X", "1", "SANT", "true"])
def test_yes(text: str) -> None:
    assert parsed("bool", text) is True


@pytest.mark.parametrize("text", ["Nej", "n", "NO", "0", "Falskt", "false"])
def test_no(text: str) -> None:
    assert parsed("bool", text) is False


@pytest.mark.parametrize("text", ["kanske", "2", "ja!", "vet ej"])
def test_neither_yes_nor_no(text: str) -> None:
    assert parsed("bool", text) is None


@pytest.mark.parametrize("text", ["Påbörjad", " påBÖRJAD ", "pa\u030abo\u0308rjad"])
def test_an_enum_in_any_case(text: str) -> None:
    assert parsed("enum", text, values=("Genomförd", "Påbörjad")) == "Påbörjad"
    assert parsed("enum", text, values=("Genomförd",)) is None


def test_lists() -> None:
    column = Column(name="X", type="list")
    texts = pl.DataFrame({"x": ["a, b;c|d\ne\r\nf", " a ,, ", ",;|", "-"]})
    clean = texts.select(null_if_blank(pl.col("x"), "list"))
    assert parse(clean, [column])["x"].to_list() == [["a", "b", "c", "d", "e", "f"], ["a"], None, None]


@pytest.mark.parametrize("kind", ["code", "date", "int", "bool", "enum", "list", "datetime"])
@pytest.mark.parametrize("text", ["", "-", "–", "NULL", "#N/A", " \u00a0"])
def test_no_value(kind: Type, text: str) -> None:
    assert pl.DataFrame({"x": [text]}).select(null_if_blank(pl.col("x"), kind))["x"][0] is None


def test_a_dash_in_a_text_is_a_text() -> None:
    assert pl.DataFrame({"x": [" - "]}).select(null_if_blank(pl.col("x"), "text"))["x"][0] == "-"
