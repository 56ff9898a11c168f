"""A sheet's rows → the register's rows: what stands under its headings, without titles, blanks and notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from assets.intake.headings import Heading
from assets.intake.parsing import null_if_blank, undo_spreadsheet_marks
from assets.intake.reading import Sheet
from assets.intake.record_shapes import MANY_SEPARATORS, SEPARATORS
from assets.intake.refusal import Refused
from assets.intake.rules import CELL_COUNT
from assets.intake.workbook_cells import shift_serials
from assets.registers.comparable import heading_key
from assets.registers.contract import Register
from assets.registers.refusal_reasons import SEVERAL_ORGANISATIONS

NAMELESS = "(utan rubrik)"
ORGANISATION_COLUMNS = (
    "Organisation", "Förvaltning", "Nämnd", "Stadsdelsförvaltning", "Stadsdel", "Bolag",
)  # fmt: skip
_SUM_WORDS = ("summa", "summa totalt", "totalsumma", "totalt", "total", "delsumma", "sum")
_NUMBER = r"^[+-]?[\d \u00a0\u2009\u202f.,]*\d\s*%?$"
BROKEN = {"row": pl.UInt32, "rule": pl.String}


@dataclass(frozen=True)
class ParsedRows:
    """What a delivery says. `cells`: `row` and, for each contract column that has a heading, its texts, trimmed, and
    null where they say nothing.

    `broken`: `row` and `rule` of the rows whose form is wrong; they are in no `cells`. `notes`: rows passed over
    because their only value is in a single cell, or because they sum up the others. `unknown`: headings of no
    contract column, and NAMELESS where values stand outside the headings. `missing`: contract columns without a
    heading. `dropped_characters`: how many no document can hold; they were left out.

    Of a file that a source reads, also: `other_rows`, that the source leaves out as not this register's;
    `other_organisations`, rows of organisations that it doesn't name; `absent`, the missing columns that it says it
    doesn't have; `unexpected`, those that it says so of and has; and `words`, of each column with words that nothing
    maps their keyed hashes.
    """

    cells: pl.DataFrame
    broken: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BROKEN))
    notes: int = 0
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    dropped_characters: int = 0
    other_rows: int = 0
    other_organisations: int = 0
    absent: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)


def select_rows(sheet: Sheet, register: Register) -> ParsedRows:
    """The rows that count as read: those after title, blank, repeated-heading and note rows. Raises Refused where a
    column names several organisations."""
    heading = sheet.heading
    names = {str(position): name for name, position in heading.positions.items()}
    types = {position: register.by_name[name].type for position, name in names.items()}
    broken = sheet.cells.filter(pl.col("fault").is_not_null()).select("row", rule="fault")
    positions = sheet.cells.columns[2:]
    body = sheet.cells.filter(pl.col("fault").is_null()).select(
        "row", *(null_if_blank(pl.col(position), types.get(position, "text")) for position in positions)
    )
    values = pl.sum_horizontal(pl.col(position).is_not_null().cast(pl.UInt16) for position in positions)
    body = body.with_columns(values=values).filter((pl.col("values") > 0) & ~_repeats(body, heading))
    places = [heading.positions[column.name] for column in register.required if column.name in heading.positions]
    is_sum = sum_rows(body, list(map(str, places)))
    rows = body = body.filter(~is_sum)
    notes = int(is_sum.sum())
    if not register.counts_alone:
        rows, single = body.filter(pl.col("values") > 1), body.filter(pl.col("values") == 1)
        of_another = single.filter(_holds_separators(positions, sheet.separator))
        of_another = of_another.select("row", rule=pl.lit(CELL_COUNT))
        notes += single.height - of_another.height
        broken = pl.concat([broken, of_another]).sort("row")
    nameless = [position for position in positions if not dict(enumerate(heading.keys)).get(int(position))]
    has_nameless = any(body[position].null_count() < body.height for position in nameless)
    _refuse_several_organisations(rows, heading, register)
    texts = (_text(pl.col(position), types[position], epoch_1904=sheet.epoch_1904) for position in names)
    return ParsedRows(
        rows.select("row", *(text.alias(name) for text, name in zip(texts, names.values(), strict=True))),
        broken=broken.cast(BROKEN),  # type: ignore[arg-type]
        notes=notes,
        unknown=heading.unknown(register) + [NAMELESS] * has_nameless,
        missing=[column.name for column in register.columns if column.name not in heading.positions],
        dropped_characters=sheet.dropped,
    )


def _text(text: pl.Expr, kind: str, *, epoch_1904: bool) -> pl.Expr:
    plain = text if kind == "text" else undo_spreadsheet_marks(text)
    return shift_serials(plain) if epoch_1904 and kind in ("date", "datetime") else plain


def sum_rows(body: pl.DataFrame, needed: Sequence[str]) -> pl.Series:
    """Rows that sum up the others: `Summa` or the like and nothing but numbers beside it, in a place where no row of
    the register can be, since a column that every row fills is empty. `body`: `values`, how many cells a row fills,
    and the cells under their positions, null where empty; `needed`: the positions that every row fills."""
    positions = [position for position in body.columns if position.isdecimal()]
    label = pl.coalesce(pl.col(position) for position in positions) if positions else pl.lit(None, pl.String)
    is_label = label.str.to_lowercase().str.strip_chars(": ").is_in(_SUM_WORDS)
    suspects = body.select(is_label.fill_null(False).alias("is_sum"))["is_sum"]
    if not suspects.any() or not needed:
        return pl.repeat(False, body.height, dtype=pl.Boolean, eager=True)
    numbers = pl.sum_horizontal(pl.col(at).str.contains(_NUMBER).fill_null(False).cast(pl.UInt16) for at in positions)
    lacks_needed = pl.any_horizontal(pl.col(position).is_null() for position in needed)
    is_sum = (numbers == pl.col("values") - 1) & lacks_needed
    return suspects & body.select(is_sum.alias("is_sum"))["is_sum"]


def _repeats(body: pl.DataFrame, heading: Heading) -> pl.Series:
    """Rows that say the headings again, as page breaks in an export do: rarely any, so columns are looked at in
    turn only as long as some row may be one."""
    repeats = pl.repeat(True, body.height, eager=True)
    for position in heading.positions.values():
        # as `heading_key` has it
        text = body[str(position)].str.normalize("NFKD").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
        repeats &= text.eq_missing(pl.Series([heading.keys[position]]))
        if not repeats.any():
            break
    return repeats


def _holds_separators(positions: list[str], own: str) -> pl.Expr:
    """Whether the only cell of a row holds so many of another separator that it is a row of another export."""
    text = pl.concat_str(positions, ignore_nulls=True)
    return pl.any_horizontal(
        text.str.count_matches(separator, literal=True) >= MANY_SEPARATORS
        for separator in SEPARATORS
        if separator != own
    )


def _refuse_several_organisations(rows: pl.DataFrame, heading: Heading, register: Register) -> None:
    """Raises Refused where a column that the contract doesn't have says whose the rows are, and they are several's
    (docs/spec/sources.md, section 2)."""
    columns = {heading_key(name): name for name in ORGANISATION_COLUMNS}
    for position, key in enumerate(heading.keys):
        if key in columns and key not in register.by_heading:
            values = rows[str(position)].str.to_lowercase().str.replace_all(r"\s+", " ").drop_nulls()
            if values.n_unique() > 1:
                raise Refused(SEVERAL_ORGANISATIONS.format(column=columns[key]))
