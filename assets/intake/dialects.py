"""Spellings of quotes that are nobody's standard → the standard's: `\\"` in quotes, blanks between separator and
quote, and `'` around every text.

They are read as people meant them only where the whole file reads cleanly so, and not without
(docs/spec/interfaces.md, Reading a file).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from assets.intake.records import BLANKS

_HELD = "\x1c"  # stands in no text: `encoding` drops control characters
_SAMPLE = 50


@dataclass(frozen=True)
class Dialect:
    """`may_be`: whether lines look so at all; `mend`: the lines in the standard's spelling; `restore`: cells as they
    were meant, where mending swapped their characters."""

    may_be: Callable[[pl.Series, str], bool]
    mend: Callable[[pl.Series, str], pl.Series]
    restore: Callable[[pl.Expr], pl.Expr] = lambda cells: cells


def suspects(lines: pl.Series) -> bool:
    """Whether the first lines look as if `'` stood around every text."""
    return bool(lines.head(_SAMPLE).str.contains(r"^\s*'.*'\s*$").any())


def _has_backslashes(lines: pl.Series, _: str) -> bool:
    return bool(lines.str.contains('\\"', literal=True).any())


def _double(lines: pl.Series, _: str) -> pl.Series:
    return lines.str.replace_all('\\"', '""', literal=True)


def _has_blanks(lines: pl.Series, separator: str) -> bool:
    return bool(lines.str.contains(_blank_before(separator)).any())


def _blank_before(separator: str) -> str:
    return rf'(^|{re.escape(separator)})[{_blanks(separator)}]+"'


def _blanks(separator: str) -> str:
    return BLANKS.replace(separator, "")


def _close_up(lines: pl.Series, separator: str) -> pl.Series:
    after = rf'"[{_blanks(separator)}]+({re.escape(separator)}|$)'
    return lines.str.replace_all(_blank_before(separator), '${1}"').str.replace_all(after, '"${1}')


def _has_apostrophes(lines: pl.Series, separator: str) -> bool:
    """Whether every cell with letters in the first lines begins or ends in one."""
    part = re.escape(separator)
    full = lines.head(_SAMPLE).str.strip_chars().replace("", None).drop_nulls()
    number = rf"[^'{part}A-Za-zÅÄÖåäö]*"
    return full.len() > 0 and bool(full.str.contains(rf"^(?:'.*'|{number})(?:{part}(?:'.*'|{number}))*$").all())


def _swap(lines: pl.Series, _: str) -> pl.Series:
    return lines.str.replace_all('"', _HELD, literal=True).str.replace_all("'", '"', literal=True)


def _swap_back(cells: pl.Expr) -> pl.Expr:
    return cells.str.replace_all('"', "'", literal=True).str.replace_all(_HELD, '"', literal=True)


DIALECTS = (
    Dialect(_has_backslashes, _double),
    Dialect(_has_blanks, _close_up),
    Dialect(_has_apostrophes, _swap, _swap_back),
)
