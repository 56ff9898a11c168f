"""A source's words → what the lines of its file say that they mean."""

import re
from collections.abc import Mapping

import polars as pl

from assets.intake.parsing import SPACES, SPOILED
from assets.registers.comparable import folded


def first_fitting(text: pl.Series, words: Mapping[str, str]) -> pl.Series:
    """What the first line that fits gives; null where none does.

    `*` stands for anything, but never for an empty cell, nor for one whose value can't be had; case and outer blanks
    don't matter. Each distinct text is held against the lines once.
    """
    if not words:
        return pl.repeat(None, len(text), dtype=pl.String, eager=True)
    lines = [(_pattern(word), value) for word, value in words.items()]
    distinct = text.fill_null("").unique()
    meanings = {
        word: next((value for pattern, value in lines if pattern.fullmatch(comparable)), None)
        for word in distinct
        for comparable in [_comparable(word)]
        if not word.startswith(SPOILED)
    }
    return text.fill_null("").replace_strict(meanings, default=None, return_dtype=pl.String)


def _pattern(word: str) -> re.Pattern[str]:
    comparable = _comparable(word)
    if "*" not in comparable:
        return re.compile(re.escape(comparable))
    # an empty cell fits no star
    return re.compile("(?=.)" + ".*".join(map(re.escape, comparable.split("*"))), re.DOTALL)


def _comparable(text: str) -> str:
    return folded(text.strip(SPACES))
