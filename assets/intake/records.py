"""Lines of a text file → its records: which lines belong together, and which are broken.

A quote opens at the start of a cell alone; what follows its closing quote is a separator or the record's end. A
record that keeps neither is broken at its first line, and reading goes on with the next line, so that no stray
quote eats the rows after it (docs/spec/interfaces.md, Reading a file).
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import polars as pl

BLANKS = " \t\u00a0\u2007\u2009\u200b\u202f\ufeff"
_MAX_CELLS_IN_PARTS = 1000
"""A record of several lines with so many cells more than the headings is none."""


class Grammar:
    """How cells and quotes stand in a line, for one separator."""

    def __init__(self, separator: str) -> None:
        part = re.escape(separator)
        quoted, bare = '"(?:[^"]|"")*"', f'[^"{part}\n][^{part}\n]*'
        cell = f"(?:{quoted}|{bare})?"
        self.separator = separator
        self.tidy = rf'^(?:[^"{part}]*|{quoted})(?:{part}(?:[^"{part}]*|{quoted}))*$'
        """A line whose quotes open and close whole cells: any reader reads it right."""
        self.record = f"^{cell}(?:{part}{cell})*$"
        """A line that is a record of its own."""
        self.quoted = f'(^|{part})"((?:[^"]|"")*)"'
        # possessive, so that a long line is looked at once
        quoted, inside = '"(?:[^"]|"")*+"', '(?:[^"]|"")*+'
        cell = f"(?:{quoted}|{bare}+)?+"
        self.opens = re.compile(f'(?:{cell}{part})*+"{inside}')
        self.closes = re.compile(f'{inside}"(?:{part}{cell})*+')
        self.reopens = re.compile(f'{inside}"(?:{part}{cell})*?{part}"{inside}')
        self.inside = re.compile(inside)


@lru_cache(maxsize=8)
def grammar(separator: str) -> Grammar:
    return Grammar(separator)


def join_lines(lines: pl.Series, form: Grammar, is_wide: Callable[[str], bool]) -> pl.DataFrame:
    """One row per record, in order: `text` and `line` (its first one, from 0); `text` is null where the line is
    broken. `is_wide` tells of a record over several lines whether *Width* would quarantine it."""
    bad = pl.select((~pl.lit(lines).str.contains(form.record)).arg_true()).to_series().to_list()
    if not bad:
        return pl.DataFrame({"line": pl.int_range(lines.len(), eager=True), "text": lines})
    joined: dict[int, str | None] = {}
    absorbed: list[int] = []
    end = 0
    for start in bad:
        if start < end:
            continue
        found = _record_at(lines, start, form)
        if found is None or is_wide(found[0]):
            joined[start], end = None, start + 1
        else:
            joined[start], end = found
            absorbed += range(start + 1, end)
    records = pl.DataFrame({"line": pl.int_range(lines.len(), eager=True), "text": lines})
    mended = pl.DataFrame(
        {"line": list(joined), "mended": list(joined.values())}, schema={"line": pl.Int64, "mended": pl.String}
    ).with_columns(touched=True)
    records = records.join(mended, on="line", how="left", maintain_order="left")
    records = records.select(
        "line", pl.when(pl.col("touched").fill_null(False)).then("mended").otherwise("text").alias("text")
    )
    return records.filter(~pl.col("line").is_in(pl.Series(absorbed, dtype=pl.Int64).implode()))


def _record_at(lines: pl.Series, start: int, form: Grammar) -> tuple[str, int] | None:
    """The record of several lines that begins here, and the line after it; None where there is none."""
    if not form.opens.fullmatch(lines[start]):
        return None
    parts, cells = [lines[start]], 0
    for number in range(start + 1, lines.len()):
        line = lines[number]
        parts.append(line)
        cells += line.count(form.separator) if '"' in line else 0
        if '"' not in line or form.inside.fullmatch(line):
            continue
        if form.closes.fullmatch(line):
            return "\n".join(parts), number + 1
        if cells > _MAX_CELLS_IN_PARTS or not form.reopens.fullmatch(line):
            return None
    return None


def cells_of(record: str, form: Grammar) -> list[str]:
    """The cells of one record that is not broken."""
    hidden: list[str] = []

    def keep(match: re.Match[str]) -> str:
        hidden.append(match[2].replace('""', '"'))
        return f"{match[1]}\x1e"

    kept = re.sub(form.quoted, keep, record)
    contents: Iterator[str] = iter(hidden)
    return [next(contents) if cell == "\x1e" else cell for cell in kept.split(form.separator)]
