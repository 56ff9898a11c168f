"""A sheet's rows → the register's rows: what stands under its headings, without titles, blanks and notes."""

from dataclasses import dataclass, field

import polars as pl

from assets.intake.parsing import null_if_blank
from assets.intake.reading import Sheet
from assets.registers.contract import Register


@dataclass(frozen=True)
class ParsedRows:
    """What a delivery says. `cells`: `row` and, for each contract column that has a heading, its texts, trimmed, and
    null where they say nothing.

    `notes`: rows passed over because their only value is in a single cell. `ignored`: headings of no
    contract column, and "(utan rubrik)" where values stand beside the headings. `missing`: contract
    columns without a heading.
    """

    cells: pl.DataFrame
    notes: int = 0
    ignored: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def select_rows(sheet: Sheet, register: Register) -> ParsedRows:
    """The rows that count as read: those after title, blank, repeated-heading and note rows."""
    heading = sheet.heading
    names = {str(position): name for name, position in heading.positions.items()}
    types = {position: register.by_name[name].type for position, name in names.items()}
    body = sheet.cells.slice(heading.index + 1).select(
        "row", *(null_if_blank(pl.col(position), types.get(position, "text")) for position in sheet.cells.columns[1:])
    )
    positions = body.columns[1:]
    values = pl.sum_horizontal(pl.col(position).is_not_null().cast(pl.UInt16) for position in positions)
    body = body.with_columns(values=values).filter((pl.col("values") > 0) & ~_repeats(body, sheet))
    rows = body.filter(pl.col("values") > 1) if len(register.required) > 1 else body
    nameless = [position for position in positions if not dict(enumerate(heading.keys)).get(int(position))]
    beside = any(body[position].null_count() < body.height for position in nameless)
    return ParsedRows(
        rows.select("row", *(pl.col(position).alias(name) for position, name in names.items())),
        notes=body.height - rows.height,
        ignored=heading.unknown(register) + ["(utan rubrik)"] * beside,
        missing=[column.name for column in register.columns if column.name not in heading.positions],
    )


def _repeats(body: pl.DataFrame, sheet: Sheet) -> pl.Series:
    """Rows that say the headings again, as page breaks in an export do: rarely any, so columns are looked at in
    turn only as long as some row may be one."""
    repeats = pl.repeat(True, body.height, eager=True)
    for position in sheet.heading.positions.values():
        said = body[str(position)].str.normalize("NFC").str.replace_all(r"\s+", " ").str.to_lowercase()
        said = said.str.strip_chars_end("*: ")
        repeats &= said.eq_missing(pl.Series([sheet.heading.keys[position]]))
        if not repeats.any():
            break
    return repeats
