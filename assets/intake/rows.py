"""A sheet's rows → the register's rows: what stands under its headings, without titles, blanks and notes."""

from dataclasses import dataclass, field

import polars as pl

from assets.intake.parsing import no_value
from assets.intake.reading import Sheet
from assets.registers.contract import Register


@dataclass(frozen=True)
class Delivered:
    """What a delivery says. `cells`: `row` and a text column per contract column that has a heading.

    `notes`: rows passed over because their only value is in a single cell. `ignored`: headings of no
    contract column, and "(utan rubrik)" where values stand beyond the headings. `missing`: contract
    columns without a heading.
    """

    cells: pl.DataFrame
    notes: int = 0
    ignored: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def select_rows(sheet: Sheet, register: Register) -> Delivered:
    """The rows that count as read: those after title, blank, repeated-heading and note rows."""
    heading = sheet.heading
    body = sheet.cells.slice(heading.index + 1)
    names = {str(position): name for name, position in heading.positions.items()}
    types = {position: register.by_name[name].type for position, name in names.items()}
    values = pl.sum_horizontal(
        no_value(pl.col(position), types.get(position, "text")).is_not_null().cast(pl.UInt32)
        for position in body.columns
        if position != "row"
    )
    body = body.with_columns(values.alias("values")).filter(pl.col("values") > 0)
    body = body.filter(~_repeats(sheet))
    rows = body.filter(pl.col("values") > 1) if len(register.required) > 1 else body
    ignored = heading.unknown(register)
    beyond = [name for name in body.columns if name.isdigit() and _nameless(int(name), sheet)]
    if any(body[name].str.strip_chars().str.len_bytes().gt(0).any() for name in beyond):
        ignored.append("(utan rubrik)")
    return Delivered(
        rows.select("row", *(pl.col(position).alias(name) for position, name in names.items())),
        notes=body.height - rows.height,
        ignored=ignored,
        missing=[column.name for column in register.columns if column.name not in heading.positions],
    )


def _nameless(position: int, sheet: Sheet) -> bool:
    return position >= len(sheet.heading.keys) or not sheet.heading.keys[position]


def _repeats(sheet: Sheet) -> pl.Expr:
    """Whether a row says the headings again, as page breaks in an export do."""
    keys = sheet.heading.keys
    return pl.all_horizontal(
        pl.col(str(position))
        .str.strip_chars()
        .str.to_lowercase()
        .str.strip_chars_end("*: ")
        .eq_missing(keys[position])
        for position in sheet.heading.positions.values()
    )
