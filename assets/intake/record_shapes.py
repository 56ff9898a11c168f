"""How many cells each record of a text file has, how many it should have, and what is wrong with those that differ
(docs/spec/interfaces.md, Reading a file: *Width*)."""

import polars as pl

from assets.intake.headings import Heading
from assets.intake.records import BLANKS, Grammar
from assets.intake.rules import CELL_COUNT, QUOTE

SEPARATORS = (";", ",", "\t", "|")
MANY_SEPARATORS = 3
"""A row with a single value that holds so many of another separator is no note but a row of another export."""

OPENS, CLOSES = "\x1e", "\x1d"
"""What stands for quotes while cells are read; no text holds them: `encoding` drops control characters."""

_MIN_TRIMMED = 5


def shapes_of(texts: pl.Series, form: Grammar, *, quoted: bool) -> pl.DataFrame:
    """Of each record: `cells`, `filled_cells` (without empty ones at its end), `values` (cells that aren't empty)
    and `ends_empty`; null where it is broken."""
    part = {"\t": r"\t", "|": r"\|"}.get(form.separator, form.separator)
    blanks = BLANKS.replace("\t", "") if form.separator == "\t" else BLANKS
    text = pl.col("text")
    if quoted:
        marked = text.str.replace_all(form.quoted, f"${{1}}{OPENS}${{2}}{CLOSES}")
        marked = marked.str.replace_all(rf"{OPENS}[{BLANKS}\n]*{CLOSES}", "")
        marked = marked.str.replace_all(f"{OPENS}[^{CLOSES}]*{CLOSES}", "Q")
        text = pl.when(text.str.contains('"', literal=True)).then(marked).otherwise(text)
    frame = texts.to_frame("text").lazy().select(text)
    text = pl.col("text")
    shapes = frame.select(
        cells=text.str.count_matches(form.separator, literal=True) + 1,
        filled_cells=text.str.replace(rf"(?:^|{part})[{blanks}{part}]*$", "").str.count_matches(
            form.separator, literal=True
        )
        + 1,
        values=text.str.count_matches(rf"(?:^|{part})[{blanks}]*[^{blanks}{part}]"),
        ends_empty=text.str.contains(rf"(?:^|{part})[{blanks}]*$"),
    )
    return shapes.collect()


def is_even(lines: pl.Series, form: Grammar, heading: Heading, *, counts_alone: bool) -> bool:
    """Whether each line without quotes has as many cells as there are headings, none of them nameless at the end, and
    no line may be a row of another export: such records have no fault, and most files have no others."""
    if not heading.keys[-1]:
        return False
    text = pl.col("line")
    others = () if counts_alone else [other for other in SEPARATORS if other != form.separator]
    looks_other = [text.str.count_matches(other, literal=True) >= MANY_SEPARATORS for other in others]
    is_even, *of_another = (
        lines.to_frame("line")
        .select(
            (text.str.count_matches(form.separator, literal=True) == len(heading.keys) - 1).all().alias("even"),
            *(looks.any().alias(other) for looks, other in zip(looks_other, others, strict=True)),
        )
        .row(0)
    )
    return bool(is_even) and not any(of_another)


def width_of(shapes: pl.DataFrame, heading: Heading) -> int:
    """How many cells a record should have: the headings, without nameless ones at their end under which nothing
    stands."""
    named = max(position for position, key in enumerate(heading.keys) if key) + 1
    full = len(heading.keys)
    beyond = (shapes["cells"] == full) & (shapes["filled_cells"] > named) & (shapes["values"] > 1)
    return full if beyond.any() else named


def effective_cells(shapes: pl.DataFrame, width: int) -> pl.Series:
    """How many cells a record has, empty ones beyond the width not counted."""
    surplus = pl.max_horizontal("filled_cells", pl.lit(width))
    return shapes.select(pl.when(pl.col("cells") > width).then(surplus).otherwise("cells")).to_series()


def _is_record(shapes: pl.DataFrame, counts_alone: bool) -> pl.Series:
    """Whether it counts as a row: not blank, no note, not broken."""
    return (shapes["values"] >= (1 if counts_alone else 2)).fill_null(False)


def is_trimmed(shapes: pl.DataFrame, width: int, heading: Heading, counts_alone: bool) -> bool:
    """Whether the export leaves out empty cells at the end of its rows: five records or more, none ends in an empty
    cell or has too many, and a fifth or more are short. Not where all are and the headings have a gap: a separator
    too many there would shift every row."""
    counted = shapes.filter(_is_record(shapes, counts_alone))
    cells = effective_cells(counted, width)
    if "" in heading.keys[:width] and (cells < width).all():
        return False
    if counted.height < _MIN_TRIMMED or counted["ends_empty"].any() or (counted["cells"] > width).any():
        return False
    return 5 * int((cells < width).sum()) >= counted.height


def faults_of(
    records: pl.DataFrame, shapes: pl.DataFrame, width: int, form: Grammar,
    *, counts_alone: bool, ended: bool, is_trimmed: bool,
) -> pl.Series:  # fmt: skip
    """The rule that each record breaks, null where none."""
    cells, counts = effective_cells(shapes, width), _is_record(shapes, counts_alone)
    wrong = counts & (cells > width)
    short = counts & (cells < width)
    if not is_trimmed:
        wrong |= short
    elif not ended and short.len():
        wrong |= short & (pl.int_range(short.len(), eager=True) == short.len() - 1)
    if not counts_alone:
        single = (shapes["values"] == 1).fill_null(False)
        wrong |= single & _holds_another_separator(records["text"], form.separator)
    wrong = wrong.fill_null(False)
    rule = pl.when(records["text"].is_null()).then(pl.lit(QUOTE)).when(wrong).then(pl.lit(CELL_COUNT))
    return pl.select(rule.otherwise(None)).to_series().cast(pl.String)


def _holds_another_separator(texts: pl.Series, separator: str) -> pl.Series:
    counts = [texts.str.count_matches(other, literal=True) for other in SEPARATORS if other != separator]
    return pl.select(pl.max_horizontal(counts) >= MANY_SEPARATORS).to_series().fill_null(False)
