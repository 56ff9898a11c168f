"""Of a file without a heading row: which row looked most like one, and which of its cells were near a heading."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

from assets.intake.delimited import read_text
from assets.intake.encoding import open_text
from assets.intake.headings import WITHIN_ROWS, Cells, Heading
from assets.intake.inbox import TEXT_ENDINGS, WORKBOOK_ENDINGS
from assets.intake.parsing import SPACES
from assets.intake.refusal import NO_HEADING_ROW, Refused
from assets.intake.sources import html_tables
from assets.intake.sources.definition import Source
from assets.intake.workbook import sheets_of
from assets.registers.contract import Register, heading_key

NEAR = 75
"""How alike, of 100, a cell must be to a known heading to be named: another could be anybody's name."""


@dataclass(frozen=True)
class NearRow:
    """`row`: as a spreadsheet counts. `cells`: those near a known heading, each with the column, or the source's
    heading, that it may mean."""

    row: int
    cells: tuple[tuple[str, str], ...]


def nearest_row(path: Path, ending: str, register: Register, source: Source | None = None) -> NearRow | None:
    """The row with the most cells near known headings, the first of equal ones; None where no cell is."""
    known = {key: column.name for key, column in register.by_heading.items()}
    known |= {heading_key(heading): heading for heading in (source.headings if source else ())}
    found = [near for rows in _first_rows(path, ending) for near in _near_rows(rows, known)]
    return max(found, key=lambda near: len(near.cells), default=None)


def _near_rows(rows: Sequence[Cells], known: dict[str, str]) -> Iterator[NearRow]:
    for number, row in enumerate(rows[:WITHIN_ROWS], 1):
        cells = tuple(
            (text, known[match[0]])
            for cell in row
            if (text := " ".join((cell or "").strip(SPACES).split()))
            if (match := process.extractOne(heading_key(text), known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR))
        )
        if cells:
            yield NearRow(number, cells)


def _first_rows(path: Path, ending: str) -> Iterator[Sequence[Cells]]:
    """The first rows of each sheet or table, and of a text under each separator."""
    if ending in html_tables.ENDINGS and html_tables.is_html(path):
        yield from (table.drop("row").head(WITHIN_ROWS).rows() for table in html_tables.read_tables(path))
    elif ending in WORKBOOK_ENDINGS:
        yield from (sheet.cells.head(WITHIN_ROWS).rows() for sheet in sheets_of(path))
    elif ending in TEXT_ENDINGS:
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
