"""Of a file that is refused for its headings: which of its cells are near those that are wanted.

Only a cell that is near a known heading is named, without personal numbers: another could be anybody's name.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

from assets.email_addresses import EMAIL_MASK
from assets.intake.delimited import read_text
from assets.intake.encoding import open_text
from assets.intake.headings import WITHIN_ROWS, Cells, Heading
from assets.intake.parsing import SPACES
from assets.intake.privacy import masked
from assets.intake.refusal import ColumnsMissing, Refused
from assets.intake.sources import html_tables
from assets.intake.sources.definition import Source
from assets.intake.sources.file_kind import kind_of
from assets.intake.workbook import sheets_of
from assets.personal_numbers import MASK
from assets.registers.comparable import heading_key
from assets.registers.contract import Register
from assets.registers.refusal_reasons import NO_HEADING_ROW

NEAR = 75
"""How alike, of 100, a cell must be to a known heading to be named."""


@dataclass(frozen=True)
class NearHeading:
    """`meant`: the contract's column, or the source's heading, that is lacking or may be meant. `text`: the file's
    cell near it, None where there is none. `row`: where that stands, as a spreadsheet counts; None where the heading
    row was found."""

    row: int | None
    text: str | None
    meant: str


def near_headings(
    refused: Refused, path: Path, ending: str, register: Register, source: Source | None = None
) -> list[NearHeading]:
    """What stands in place of the headings for which the file was refused; empty where it was refused for another
    reason. Of columns that are missing each, with the nearest heading. Of a file without a heading row the cells of
    the row that looks most like one, the first of equal ones; empty where no cell is near a heading."""
    if isinstance(refused, ColumnsMissing):
        unknown = {_comparable(heading): masked(heading) for heading in refused.unknown}
        return [
            NearHeading(None, _nearest(register.by_name[name].headings, unknown), name) for name in refused.columns
        ]
    if not str(refused).startswith(NO_HEADING_ROW):
        return []
    known = {key: column.name for key, column in register.by_heading.items()}
    known |= {heading_key(heading): heading for heading in (source.headings if source else ())}
    found: list[list[NearHeading]] = []
    with suppress(Refused):
        found.extend(
            list(_near_cells(number, row, known))
            for rows in _first_rows(path, ending)
            for number, row in enumerate(rows[:WITHIN_ROWS], 1)
        )
    return max(found, key=len, default=[])


def _nearest(headings: Sequence[str], unknown: Mapping[str, str]) -> str | None:
    near = (_match(heading_key(heading), unknown) for heading in headings)
    return next((heading for heading in near if heading), None)


def _near_cells(number: int, row: Cells, known: Mapping[str, str]) -> Iterator[NearHeading]:
    for cell in row:
        text = " ".join((cell or "").strip(SPACES).split())
        if meant := _match(_comparable(text), known):
            yield NearHeading(number, masked(text), meant)


def _match(key: str, meanings: Mapping[str, str]) -> str | None:
    found = process.extractOne(key, meanings.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return meanings[found[0]] if found else None


def _comparable(text: str) -> str:
    return heading_key(masked(text).replace(MASK, "").replace(EMAIL_MASK, ""))


def _first_rows(path: Path, ending: str) -> Iterator[Sequence[Cells]]:
    """The first rows of each sheet or table, and of a text under each separator."""
    kind = kind_of(path, ending)
    if kind == "page":
        yield from (table.drop("row").head(WITHIN_ROWS).rows() for table in html_tables.read_tables(path)[0])
    elif kind == "book":
        yield from (sheet.cells.head(WITHIN_ROWS).rows() for sheet in sheets_of(path))
    elif kind == "text":
        seen = _Seen()
        with suppress(Refused):
            read_text(open_text(path), seen)
        yield from seen.rows


@dataclass(frozen=True)
class _Seen:
    """A rule that finds no heading row, and keeps what it is shown."""

    rows: list[Sequence[Cells]] = field(default_factory=list)
    counts_alone: bool = True
    most: int = 1 << 30

    def find(self, rows: Sequence[Cells]) -> Heading | None:
        self.rows.append(rows)
        return None

    def accept(self, heading: Heading | None) -> Heading:  # noqa: ARG002 – there is none
        raise Refused(NO_HEADING_ROW)
