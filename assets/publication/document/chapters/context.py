"""What every chapter is written from, with the pieces that many of them use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assets.publication.document.chapters.figures import Figures, joined
from assets.publication.document.model import Block, Cited, Heading, Line, Paragraph, Piece, line
from assets.publication.document.rows import Rows
from assets.publication.narrative import Note
from assets.publication.report import Report
from assets.publication.sv import integer


@dataclass(frozen=True)
class Context:
    """One organisation's report, its rows of registers, the sentences of its figures and its dated notes, oldest
    first."""

    report: Report
    rows: Rows
    figures: Figures
    notes: Sequence[Note] = ()

    @property
    def is_city(self) -> bool:
        return self.report.is_city

    def lacks(self, register: str) -> bool:
        """Whether the register has no delivery in force, so that its lack of rows says nothing."""
        return not self.rows.is_delivered(register)

    @property
    def name(self) -> Cited:
        return Cited(self.report.name, {"korning": "namn"})

    @property
    def day(self) -> Cited:
        return Cited(self.report.run.as_of.isoformat(), {"korning": "as_of"})

    @property
    def known(self) -> Cited:
        return Cited(self.report.run.known_at.isoformat(), {"korning": "known_at"})

    def year(self, ahead: int = 0) -> Cited:
        return Cited(str(self.report.run.as_of.year + ahead), {"korning": "year", "plus": ahead})


def text(*parts: str | Piece | Line) -> Paragraph:
    return Paragraph(line(*parts))


def bullet(item: Line) -> Paragraph:
    return Paragraph(item, "bullet")


_MAX_IN_A_PARAGRAPH = 2


def sentence_blocks(sentences: Sequence[Line], before: Line = ()) -> list[Block]:
    """The sentences of figures after `before`: a paragraph while they are few, else a list, in which a reader finds
    one of them again. Nothing where there are none."""
    if len(sentences) > _MAX_IN_A_PARAGRAPH:
        return [*([text(before)] if before else []), *map(bullet, sentences)]
    return [text(joined([before, *sentences]))] if sentences else []


def under(heading: str, sentences: Sequence[Line], level: int, before: Line = ()) -> list[Block]:
    """The same under a heading."""
    found = sentence_blocks(sentences, before)
    return [Heading(line(heading), level), *found] if found else []


def cell(register: str, row: Mapping[str, Any], column: str, empty: str = "") -> Line:
    """A cell of a register's row, as it stands there; `empty` where nothing does."""
    value = row[column]
    if value is None:
        return line(empty)
    content = value.isoformat() if isinstance(value, date) else " ".join(str(value).split())
    return line(Cited(content, {"register": register, "rad": row["row"], "kolumn": column}))


def counted(register: str, what: str, number: int) -> Cited:
    """How many rows of a register; `what` says which."""
    return Cited(integer(number), {"register": register, "raknat": what})
