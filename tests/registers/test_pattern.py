"""A contract's pattern says the same to both engines, or is refused."""

import re
from contextlib import suppress

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.registers.pattern import anchored, portable

PARTS = (
    "a", "B", "å", "Ä", "k", "1", "-", "_", " ", ".", r"\.", r"\-", r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", "[a-z]",
    "[^a-z]", r"[\d-]", r"[\w-x]", r"[a\d-x]", r"[b-\d]", "[-a]", "[]a]", "[^]a]", "[a&&b]", "[[a]b]", "[a--b]",
    "[[:alpha:]]", "[A-ZÅÄÖ]", r"[a\]b]", r"\p{L}", r"\p{Lu}", r"\x{41}", "(?i)", "(?i:k)", "(?x)", "(?s)", "(?:a|b)",
    "(?P<n>a)", "(a)", "{2}", "{1,3}", "{,3}", "{a}", "*", "+", "?", "|", "^", "$", r"\b", r"\A", r"\z", r"\1",
    r"\101",
    r"\Q", "(", ")", "[", "]", "}",
)  # fmt: skip
TEXTS = (
    "", "a", "b", "aB", "å", "Ä", "1", "١", "12", "1a", "-", "_", " ", "\u00a0", "\n", "a\n", "a\nb", "AB", "K",
    "\u212a", "ſ",
    "x", "-x", "[", "]", "a&b", "a-b", "aaa", "A", "é", "e\u0301", ".", "{a}", "^", "Q",
)  # fmt: skip


def fitting(pattern: str, texts: tuple[str, ...] = TEXTS) -> list[str]:
    """The texts that fit, which both engines are asked for."""
    of_polars = pl.Series(texts).filter(pl.Series(texts).str.contains(anchored(pattern))).to_list()
    with duckdb.connect() as con:
        query = "SELECT text FROM (SELECT unnest($texts) AS text) WHERE regexp_matches(text, $pattern)"
        found = con.execute(query, {"texts": list(texts), "pattern": anchored(pattern)}).fetchall()
    assert of_polars == [text for (text,) in found]
    return of_polars


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("".join))
def test_both_engines_read_a_pattern_alike_or_it_is_refused(pattern: str) -> None:
    with suppress(ValueError):
        fitting(pattern)


@pytest.mark.parametrize(
    ("pattern", "matching"),
    [
        (r"\d", ["1"]), (r"\d+", ["1", "12"]),
        (r"\w", ["a", "b", "å", "Ä", "1", "١", "_", "K", "\u212a", "ſ", "x", "A", "é", "Q"]),
        (r"\s", [" ", "\u00a0", "\n"]), ("a", ["a"]), ("^a$", ["a"]), ("a|b", ["a", "b"]),
        ("[A-ZÅÄÖ]", ["Ä", "K", "A", "Q"]),
        ("(?i)A", ["a", "A"]), (r"a\-b", ["a-b"]), (r"[\d-]", ["1", "-"]), ("a.b", ["a&b", "a-b"]), ("a{3}", ["aaa"]),
        (r"\[|\]", ["[", "]"]), ("[]]", ["]"]), (r"\S\S", ["aB", "12", "1a", "AB", "-x", "e\u0301"]), ("", [""]),
    ],
)  # fmt: skip
def test_what_fits(pattern: str, matching: list[str]) -> None:
    assert fitting(pattern) == matching


@pytest.mark.parametrize(
    "pattern",
    ["A(", "A)", "[A", r"A\b", "(?=A)", "(?<!A)B", r"(A)\1", "(?x)A # a", "A{2", "A{,2}", "[A&&B]", "[[A]]",
     r"[\D]", "a^b",
     "$a", "*", r"\y", r"\p{Nonsense}", "a{2000}{2000}", "(?P<n>A)", r"\Qa\E"],
)  # fmt: skip
def test_what_one_of_the_engines_cannot_read_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=re.escape(pattern)):
        portable(pattern)
