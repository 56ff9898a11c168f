"""A text file → the records under its heading row, each with what is wrong with its form; none is lost in silence.

Records that have the wrong number of cells, or a quote that doesn't close, carry a fault and no text
(docs/spec/interfaces.md, Reading a file: *Width* and *Quotes*). Polars reads the cells; where quotes are in
disorder, it reads them from the mended records.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from assets.intake.dialects import DIALECTS, Dialect, suspects
from assets.intake.encoding import Text
from assets.intake.heading_line import Head, find_head
from assets.intake.headings import Heading, HeadingRule
from assets.intake.record_shapes import (
    CLOSES,
    OPENS,
    SEPARATORS,
    effective_cells,
    faults_of,
    is_even,
    is_trimmed,
    shapes_of,
    width_of,
)
from assets.intake.records import BLANKS, Grammar, grammar, join_lines
from assets.intake.refusal import Refused
from assets.registers.refusal_reasons import EMPTY

_LINE = "\x1f"  # stands in no text: `encoding` drops control characters


@dataclass(frozen=True)
class Records:
    """`cells`: `row` (as a spreadsheet counts), `fault` (null, or the rule that the record breaks) and `0`, `1`, …
    of text; those of the heading row and above it are left out."""

    cells: pl.DataFrame
    heading: Heading
    separator: str

    @property
    def is_clean(self) -> bool:
        return self.cells["fault"].null_count() == self.cells.height


def read_text(text: Text, rule: HeadingRule) -> Records:
    """The file's records. Raises Refused where it is empty or its heading row won't do.

    Spellings of quotes that are nobody's standard are tried where the file doesn't read cleanly without them, and
    hold where it reads cleanly only so.
    """
    lines = _lines(text)
    head = find_head(lines, rule)
    if head is None and not lines.str.contains(rf"[^{BLANKS};,|\x1a]").any():
        raise Refused(EMPTY)
    plain = _read(text, lines, head, rule) if head else None
    if plain is None or not plain.is_clean or (text.quoted and _has_left_quotes(plain)) or suspects(lines):
        for dialect in DIALECTS:
            if (other := _read_as(dialect, text, lines, rule)) and (
                plain is None or len(other.heading.positions) >= len(plain.heading.positions)
            ):
                return other
    if plain is None:
        rule.accept(None)
        raise AssertionError
    return plain


def _lines(text: Text) -> pl.Series:
    frame = pl.read_csv(
        text.source, has_header=False, separator=_LINE, quote_char=None, schema={"line": pl.String},
        missing_columns="insert", infer_schema=False, raise_if_empty=False, glob=False,
    )  # fmt: skip
    line = pl.col("line").fill_null("").str.strip_suffix("\r").str.strip_prefix("\ufeff")
    return frame.select(line).to_series()


def _read_as(dialect: Dialect, text: Text, lines: pl.Series, rule: HeadingRule) -> Records | None:
    """The records in another spelling of quotes; None where they aren't clean."""
    head = find_head(lines, rule)
    for separator in [head.separator] if head else SEPARATORS:
        if not dialect.may_be(lines, separator):
            continue
        mended = dialect.mend(lines, separator)
        found = find_head(mended, rule)
        if found is None or found.separator != separator:
            continue
        source = Text("\n".join(mended).encode(), quoted=True, ended=text.ended)
        records = _read(source, mended, found, rule)
        if records.is_clean and not _has_left_quotes(records):
            cells = records.cells.with_columns(dialect.restore(pl.col(r"^\d+$")))
            return Records(cells, records.heading, separator)
    return None


def _has_left_quotes(records: Records) -> bool:
    """Whether some cell still stands in quotes: a reader of another spelling would have taken them off."""
    cells = records.cells.select(r"^\d+$")
    left = cells.select(pl.all().str.contains(rf'^[{BLANKS}]*"[^"]*"[{BLANKS}]*$').any())
    return bool(left.height and any(left.row(0)))


def _read(text: Text, lines: pl.Series, head: Head, rule: HeadingRule) -> Records:
    heading = rule.accept(head.heading)
    form = grammar(head.separator)
    body = lines.slice(head.line)
    counts_alone = rule.counts_alone
    if not text.quoted and is_even(body, form, heading, counts_alone=counts_alone):
        names = [str(position) for position in range(len(heading.keys))]
        cells = _cells(text.source, head.separator, None, names).slice(head.line)
        return _numbered(cells, pl.repeat(None, cells.height, dtype=pl.String, eager=True), heading, head.separator)
    is_tidy = not text.quoted or bool(body.str.contains(form.tidy).all())
    records, shapes, width = _records(body, form, heading, counts_alone=counts_alone, quoted=text.quoted)
    leaves_out = is_trimmed(shapes, width, heading, counts_alone)
    faults = faults_of(
        records, shapes, width, form, counts_alone=counts_alone, ended=text.ended, is_trimmed=leaves_out
    )
    names = [str(position) for position in range(max(width, len(heading.keys)))]
    above_is_tidy = not text.quoted or bool(lines.head(head.line).str.contains(form.tidy).all())
    if is_tidy and above_is_tidy and faults.null_count() == faults.len():
        cells = _cells(text.source, head.separator, '"' if text.quoted else None, names).slice(head.line)
    else:
        cells = _mended_cells(records, faults, form, names)
    return _numbered(cells, faults, heading, head.separator)


def _numbered(cells: pl.DataFrame, faults: pl.Series, heading: Heading, separator: str) -> Records:
    first = heading.index + 2
    row = pl.int_range(first, first + cells.height, dtype=pl.UInt32, eager=True)
    return Records(pl.DataFrame([row.alias("row"), faults.alias("fault")]).hstack(cells), heading, separator)


def _records(
    lines: pl.Series, form: Grammar, heading: Heading, *, counts_alone: bool, quoted: bool
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """The records with their shapes, and the width that they should have."""
    if not quoted:
        records = pl.DataFrame({"line": pl.int_range(lines.len(), eager=True), "text": lines})
        shapes = shapes_of(lines, form, quoted=False)
        return records, shapes, width_of(shapes, heading)
    alone = lines.filter(lines.str.contains(form.record))
    width = width_of(shapes_of(alone, form, quoted=True), heading)
    records = join_lines(lines, form, _judge(form, width, may_be_short=True))
    shapes = shapes_of(records["text"], form, quoted=True)
    several = records["text"].str.contains("\n", literal=True).fill_null(False)
    short = effective_cells(shapes, width) < width
    if (several & short).any() and not is_trimmed(shapes, width, heading, counts_alone):
        records = join_lines(lines, form, _judge(form, width, may_be_short=False))
        shapes = shapes_of(records["text"], form, quoted=True)
    return records, shapes, width


def _judge(form: Grammar, width: int, *, may_be_short: bool) -> Callable[[str], bool]:
    def is_wide(text: str) -> bool:
        cells = effective_cells(shapes_of(pl.Series([text]), form, quoted=True), width)[0]
        return bool(cells > width or (cells < width and not may_be_short))

    return is_wide


def _cells(source: object, separator: str, quote: str | None, names: Sequence[str]) -> pl.DataFrame:
    return pl.read_csv(
        source,  # type: ignore[arg-type]
        has_header=False, separator=separator, quote_char=quote, schema=dict.fromkeys(names, pl.String),
        missing_columns="insert", extra_columns="ignore", infer_schema=False, raise_if_empty=False,
        glob=False,
    )  # fmt: skip


def _mended_cells(records: pl.DataFrame, faults: pl.Series, form: Grammar, names: Sequence[str]) -> pl.DataFrame:
    """The cells of records in which quotes or widths are in disorder; nothing of one with a fault."""
    marked = pl.col("text").str.replace_all(form.quoted, f"${{1}}{OPENS}{CLOSES}${{2}}{OPENS}")
    texts = records.select(pl.when(faults.is_null()).then(marked).otherwise(pl.lit(""))).to_series()
    source = io.BytesIO("\n".join(texts).encode() + b"\n")
    cells = _cells(source, form.separator, OPENS, names)
    text = pl.all()
    unquoted = text.str.strip_prefix(CLOSES).str.replace_all('""', '"', literal=True)
    return cells.select(pl.when(text.str.starts_with(CLOSES)).then(unquoted).otherwise(text))
