"""A source's file → the grids in it that have the heading row: a text file's, a workbook's sheets, a page's table,
the records of a JSON file (docs/spec/sources.md, The raw table)."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from assets.intake.delimited import read_text
from assets.intake.encoding import Text, open_text
from assets.intake.headings import WITHIN_ROWS, Heading
from assets.intake.privacy import masked
from assets.intake.refusal import Refused
from assets.intake.sources import html_tables, json_records
from assets.intake.sources.definition import Source
from assets.intake.sources.file_kind import kind_of
from assets.intake.sources.heading_row import SourceHeadings
from assets.intake.workbook import says_something, several_sheets, sheets_of
from assets.registers.comparable import heading_key, plain
from assets.registers.contract import Register
from assets.registers.refusal_reasons import EMPTY, NO_HEADING_ROW, SHEET_MISSING

_BOM, _SCHEMA = b"\xef\xbb\xbf", b"ListSchema="


@dataclass(frozen=True)
class Grid:
    """What stands under one heading row. `cells`: `row` (as a spreadsheet counts; a record's number), `fault` (null,
    or the rule that the whole row breaks) and `0`, `1`, … of text. `sheet`: of a workbook, else empty. `epoch_1904`:
    whether date serials count from 1904. `counts_alone`: whether a row with a single value is a row, and no note.
    `dropped`: how many characters of the file, or the sheet, were left out since no document can hold them."""

    cells: pl.DataFrame
    heading: Heading
    counts_alone: bool
    sheet: str = ""
    epoch_1904: bool = False
    dropped: int = 0


def read_grids(
    path: Path, ending: str, source: Source, register: Register, rule: SourceHeadings | None = None
) -> list[Grid]:
    """The grids that the source reads, in the file's order. `rule`: by what their heading rows are known; left out:
    by what source file and contract name. Raises Refused, and whatever its reader raises."""
    rule = rule or SourceHeadings(source, register)
    match kind_of(path, ending):
        case "records":
            return [_of_records(path, ending, source)]
        case "page":
            return [_of_page(path, rule)]
        case "book":
            return _of_workbook(path, source, rule)
        case _:
            return [_of_text(path, rule)]


def _of_text(path: Path, rule: SourceHeadings) -> Grid:
    text = _without_schema(open_text(path))
    records = read_text(text, rule)
    return Grid(records.cells, records.heading, rule.counts_alone, dropped=text.dropped)


def _without_schema(text: Text) -> Text:
    """The text without what SharePoint writes before its headings: they may follow on the same line."""
    if not _start(text.source).removeprefix(_BOM).startswith(_SCHEMA):
        return text
    content = text.source.read_bytes() if isinstance(text.source, Path) else text.source
    schema = content.removeprefix(_BOM).removeprefix(_SCHEMA).decode()
    try:
        _, end = json.JSONDecoder().raw_decode(schema)
    except (ValueError, RecursionError):
        return text
    return replace(text, source=schema[end:].lstrip(" \t").encode())


def _start(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:64]
    with source.open("rb") as file:
        return file.read(64)


def _of_records(path: Path, ending: str, source: Source) -> Grid:
    is_lines = ending in json_records.LINES
    found, dropped = json_records.read_records(path.read_bytes(), source.read.records, lines=is_lines)
    row, *columns = found.get_columns()
    names = tuple(column.name for column in columns)
    cells = pl.DataFrame([row.alias("row"), *(column.alias(str(place)) for place, column in enumerate(columns))])
    heading = Heading(0, tuple(map(heading_key, names)), names, {}, ())
    return Grid(_with_fault(cells), heading, counts_alone=True, dropped=dropped)


@dataclass(frozen=True)
class _Candidate:
    """A sheet or a table in which a heading row may stand."""

    name: str
    heading: Heading | None
    is_filled: bool
    has_rows: bool
    grid: Callable[[Heading], Grid]


def _of_page(path: Path, rule: SourceHeadings) -> Grid:
    tables, dropped = html_tables.read_tables(path)
    candidates = []
    for number, table in enumerate(tables, 1):
        texts = table.drop("row")
        heading = rule.find(texts.head(WITHIN_ROWS).rows())

        def grid(heading: Heading, table: pl.DataFrame = table) -> Grid:
            return Grid(_with_fault(table.slice(heading.index + 1)), heading, rule.counts_alone, dropped=dropped)

        below = texts.slice(heading.index + 1) if heading else texts
        candidates.append(_Candidate(f"tabell {number}", heading, says_something(texts), says_something(below), grid))
    return _the_one(candidates, rule)


def _of_workbook(path: Path, source: Source, rule: SourceHeadings) -> list[Grid]:
    candidates = []
    for sheet in sheets_of(path):
        heading = rule.find(sheet.cells.head(WITHIN_ROWS).rows())

        def grid(heading: Heading, sheet=sheet) -> Grid:  # type: ignore[no-untyped-def]  # noqa: ANN001 – bound early
            cells = _with_fault(sheet.read(()).slice(heading.index + 1))
            return Grid(cells, heading, rule.counts_alone, sheet.name, sheet.epoch_1904, sheet.dropped)

        below = sheet.cells.slice(heading.index + 1) if heading else sheet.cells
        candidates.append(_Candidate(sheet.name, heading, says_something(sheet.cells), says_something(below), grid))
    match source.read.sheets:
        case None:
            return [_the_one(candidates, rule)]
        case "all":
            found = [candidate for candidate in candidates if candidate.heading and rule.is_sure(candidate.heading)]
            return _grids(found, candidates)
        case names:
            return _grids([_named(name, candidates) for name in names], candidates)


def _the_one(candidates: Sequence[_Candidate], rule: SourceHeadings) -> Grid:
    """The only sheet or table that can be meant. Raises Refused where there is none, or several with rows."""
    found = [candidate for candidate in candidates if candidate.heading]
    sure = [candidate for candidate in found if candidate.heading and rule.is_sure(candidate.heading)]
    if not sure and found:  # its mapping says which heading is missing
        sure = [max(found, key=lambda candidate: len(candidate.heading.positions) if candidate.heading else 0)]
    with_rows = [candidate for candidate in sure if candidate.has_rows]
    if len(with_rows) > 1:
        raise several_sheets(candidate.name for candidate in with_rows)
    return _grids((with_rows or sure)[:1], candidates)[0]


def _grids(found: Sequence[_Candidate], candidates: Iterable[_Candidate]) -> list[Grid]:
    if not found:
        raise Refused(NO_HEADING_ROW if any(candidate.is_filled for candidate in candidates) else EMPTY)
    grids = []
    for candidate in found:
        if candidate.heading is None:
            raise Refused(f"{NO_HEADING_ROW} i bladet {masked(candidate.name)}" if candidate.is_filled else EMPTY)
        grids.append(candidate.grid(candidate.heading))
    return grids


def _named(name: str, candidates: Iterable[_Candidate]) -> _Candidate:
    found = next(
        (candidate for candidate in candidates if plain(candidate.name).strip() == plain(name).strip()), None
    )
    if found is None:
        raise Refused(SHEET_MISSING.format(sheet=name))
    return found


def _with_fault(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.select(
        pl.col("row").cast(pl.UInt32), pl.lit(None, pl.String).alias("fault"), pl.exclude("row").cast(pl.String)
    )
