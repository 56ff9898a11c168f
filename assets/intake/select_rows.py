"""A sheet's rows → the register's rows: what stands under its headings, without titles, blanks and notes."""

from collections.abc import Sequence

import polars as pl

from assets.intake.headings import Heading
from assets.intake.parsing import null_if_blank, undo_spreadsheet_marks
from assets.intake.reading import Sheet
from assets.intake.record_shapes import MANY_SEPARATORS, SEPARATORS
from assets.intake.refusal import Refused
from assets.intake.rows import BROKEN, NAMELESS, ORGANISATION_COLUMNS, ParsedRows, sum_rows
from assets.intake.rules import CELL_COUNT
from assets.intake.together import DELIVERY, apart, counts, stacked
from assets.intake.workbook_cells import shift_serials
from assets.registers.column import Type
from assets.registers.comparable import heading_key
from assets.registers.contract import Register
from assets.registers.refusal_reasons import SEVERAL_ORGANISATIONS

_PLACE = "place"


def select_rows(sheet: Sheet, register: Register) -> ParsedRows:
    """The rows that count as read: those after title, blank, repeated-heading and note rows. Raises Refused where a
    column names several organisations."""
    [found] = select_together([sheet], register)
    if isinstance(found, Refused):
        raise found
    return found


def select_together(sheets: Sequence[Sheet], register: Register) -> list[ParsedRows | Refused]:
    """The same of each of several sheets that are laid out alike (`Sheet.layout`), or why it is refused."""
    heading = sheets[0].heading
    cells = stacked([sheet.cells for sheet in sheets])
    broken = cells.filter(pl.col("fault").is_not_null()).select(DELIVERY, "row", rule="fault")
    body = _body(cells, heading, register)
    is_sum = sum_rows(body, _needed(heading, register))
    notes, rows = body.filter(is_sum), body.filter(~is_sum)
    outside = _with_values_outside(rows, heading)
    if not register.counts_alone:
        rows, single = rows.filter(pl.col("values") > 1), rows.filter(pl.col("values") == 1)
        is_of_another = single.select(_holds_separators(_positions(cells), sheets[0].separator)).to_series()
        of_another = single.filter(is_of_another).select(DELIVERY, "row", rule=pl.lit(CELL_COUNT))
        notes = pl.concat([notes, single.filter(~is_of_another)])
        broken = pl.concat([broken, of_another]).sort(DELIVERY, "row")
    refused = _of_several_organisations(rows, heading, register)
    texts = _texts(rows, heading, register, epoch_1904=sheets[0].epoch_1904)
    parts = [apart(table, len(sheets)) for table in (texts, broken.cast(BROKEN))]  # type: ignore[arg-type]
    return [
        refused.get(number)
        or ParsedRows(
            own,
            broken=own_broken,
            notes=own_notes,
            unknown=sheet.heading.unknown(register) + [NAMELESS] * (number in outside),
            missing=[column.name for column in register.columns if column.name not in heading.positions],
            dropped_characters=sheet.dropped,
        )
        for number, (sheet, own, own_broken, own_notes) in enumerate(
            zip(sheets, *parts, counts(notes, len(sheets)), strict=True)
        )
    ]


def _positions(cells: pl.DataFrame) -> list[str]:
    return [name for name in cells.columns if name.isdecimal()]


def _types(heading: Heading, register: Register) -> dict[str, Type]:
    """Of each position that has a contract column, its type."""
    return {str(position): register.by_name[name].type for name, position in heading.positions.items()}


def _needed(heading: Heading, register: Register) -> list[str]:
    """The positions that every row fills."""
    return [str(heading.positions[column.name]) for column in register.required if column.name in heading.positions]


def _body(cells: pl.DataFrame, heading: Heading, register: Register) -> pl.DataFrame:
    """The rows that say anything but the headings again, with how many `values` each has."""
    positions, types = _positions(cells), _types(heading, register)
    body = cells.filter(pl.col("fault").is_null()).select(
        DELIVERY, "row", *(null_if_blank(pl.col(position), types.get(position, "text")) for position in positions)
    )
    values = pl.sum_horizontal(pl.col(position).is_not_null().cast(pl.UInt16) for position in positions)
    filled = body.with_columns(values=values).filter(pl.col("values") > 0)
    repeats = _repeats(filled, heading)
    return filled.filter(~pl.int_range(pl.len()).is_in(repeats)) if repeats else filled


def _texts(rows: pl.DataFrame, heading: Heading, register: Register, *, epoch_1904: bool) -> pl.DataFrame:
    """What stands under the headings, by the names of the contract's columns."""
    types = _types(heading, register)
    marked = _marked(rows, [position for position, kind in types.items() if kind != "text"])
    texts = (
        _text(at, types[at], is_marked=at in marked, epoch_1904=epoch_1904).alias(name)
        for at, name in zip(types, heading.positions, strict=True)
    )
    return rows.select(DELIVERY, "row", *texts)


def _marked(rows: pl.DataFrame, positions: Sequence[str]) -> list[str]:
    """Those of the positions at which some text may begin with a spreadsheet's mark: few, of files that no person
    has opened."""
    begins = rows.select(
        (pl.col(at).str.starts_with("=") | pl.col(at).str.starts_with("'")).any() for at in positions
    )
    return [at for at in positions if begins[at].item()]


def _text(position: str, kind: str, *, is_marked: bool, epoch_1904: bool) -> pl.Expr:
    plain = undo_spreadsheet_marks(pl.col(position)) if is_marked else pl.col(position)
    return shift_serials(plain) if epoch_1904 and kind in ("date", "datetime") else plain


def _repeats(body: pl.DataFrame, heading: Heading) -> list[int]:
    """The places of rows that say the headings again, as page breaks in an export do: rarely any, so columns are
    looked at in turn only as long as some row may be one."""
    left = body.with_row_index(_PLACE)
    for position in heading.positions.values():
        key, text = heading.keys[position], pl.col(str(position))
        if not any(char.isnumeric() for char in key):
            left = left.filter(~text.str.contains("[0-9]"))  # no text with a digit says a heading without one
        # as `heading_key` has it
        comparable = text.str.normalize("NFKD").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
        left = left.filter(comparable == key)
        if left.is_empty():
            break
    return left[_PLACE].to_list()


def _holds_separators(positions: list[str], own: str) -> pl.Expr:
    """Whether the only cell of a row holds so many of another separator that it is a row of another export."""
    text = pl.concat_str(positions, ignore_nulls=True)
    return pl.any_horizontal(
        text.str.count_matches(separator, literal=True) >= MANY_SEPARATORS
        for separator in SEPARATORS
        if separator != own
    )


def _with_values_outside(body: pl.DataFrame, heading: Heading) -> set[int]:
    """The deliveries in which values stand outside the headings."""
    named = {str(position) for position, key in enumerate(heading.keys) if key}
    nameless = [position for position in _positions(body) if position not in named]
    is_filled = [pl.col(position).is_not_null() for position in nameless]
    return set(body.filter(pl.any_horizontal(is_filled))[DELIVERY]) if nameless else set()


def _of_several_organisations(rows: pl.DataFrame, heading: Heading, register: Register) -> dict[int, Refused]:
    """The deliveries in which a column that the contract doesn't have says whose the rows are, and they are several's
    (docs/spec/sources.md, section 2)."""
    columns = {heading_key(name): name for name in ORGANISATION_COLUMNS}
    refused: dict[int, Refused] = {}
    for position, key in enumerate(heading.keys):
        if key in columns and key not in register.by_heading:
            owners = pl.col(str(position)).str.to_lowercase().str.replace_all(r"\s+", " ").drop_nulls()
            several = rows.group_by(DELIVERY).agg(owners.n_unique() > 1).filter(pl.col(str(position)))[DELIVERY]
            refusal = Refused(SEVERAL_ORGANISATIONS.format(column=columns[key]))
            refused = dict.fromkeys(several, refusal) | refused
    return refused
