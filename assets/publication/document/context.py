"""What every chapter is written from, with the pieces that many of them use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assets.publication.document.figures import Figures
from assets.publication.document.model import Backed, Line, Paragraph, Piece, say
from assets.publication.document.rows import Rows
from assets.publication.report import Picture
from assets.publication.sv import whole_number


@dataclass(frozen=True)
class Setting:
    picture: Picture
    rows: Rows
    figures: Figures

    @property
    def is_city(self) -> bool:
        return self.picture.is_city

    @property
    def name(self) -> Backed:
        return Backed(self.picture.name, {"korning": "namn"})

    @property
    def day(self) -> Backed:
        return Backed(self.picture.run.as_of.isoformat(), {"korning": "as_of"})

    @property
    def known(self) -> Backed:
        return Backed(self.picture.run.known_at.isoformat(), {"korning": "known_at"})

    def year(self, ahead: int = 0) -> Backed:
        return Backed(str(self.picture.run.as_of.year + ahead), {"korning": "year", "plus": ahead})


def text(*parts: str | Piece | Line) -> Paragraph:
    return Paragraph(say(*parts))


def bullet(line: Line) -> Paragraph:
    return Paragraph(line, "bullet")


def cell(register: str, row: Mapping[str, Any], column: str, empty: str = "") -> Line:
    """A cell of a register's row, as it stands there."""
    value = row[column]
    if value is None:
        return say(empty)
    told = value.isoformat() if isinstance(value, date) else " ".join(str(value).split())
    return say(Backed(told, {"register": register, "rad": row["row"], "kolumn": column}))


def counted(register: str, what: str, number: int) -> Backed:
    """How many rows of a register: `what` says which."""
    return Backed(whole_number(number), {"register": register, "raknat": what})
