"""What the document is made of: chapters of blocks of pieces of text, each with its source or without any number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Source = Mapping[str, Any]
"""What supports a text, as it stands in the document's provenance. One of

`{"indikator": "INC-01", "falt": "numerator"}`: that field of the indicator's figure or definition;
`{"indikator": "INC-01", "falt": "value", "per": "2022-10-31"}`: its figure at an earlier review;
`{"antal": ["röd"], "lag": true, "omrade": "Incidenter"}`: how many indicators are in these states;
`{"register": "handlingsplan", "rad": 7, "kolumn": "aktivitet"}`: a cell of a row, by its number in the delivery;
`{"register": "internkontroll", "raknat": "utförda"}`: how many rows;
`{"register": "pm3_objekt"}`: what the register is called;
`{"text": "2.2.1", "stycke": 2}`: what people have written;
`{"korning": "as_of"}`: the run: its dates and the organisation's name;
`{"kapitel": "2.2.1"}`: the chapter's own number;
`{"standard": "d1"}`: the standard itself, its number, clause or the letter of one of its inputs.
"""


class UncitedNumber(ValueError):
    """A text has a number in it that has no source."""


@dataclass(frozen=True)
class Text:
    """Words without any number."""

    text: str
    bold: bool = False
    italic: bool = False

    def __post_init__(self) -> None:
        if has_number(self.text):
            raise UncitedNumber(f"texten har en siffra utan källa: {self.text}")


@dataclass(frozen=True)
class Cited:
    """A text with its source."""

    text: str
    source: Source
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Field:
    """A blank that people fill in. `name` says what with, `text` stands there until then."""

    text: str
    name: str
    is_date: bool = False
    bold: bool = False
    italic: bool = False


Piece = Text | Cited | Field
Line = tuple[Piece, ...]
"""Pieces that stand after each other, as in a paragraph."""


def has_number(text: str) -> bool:
    """Whether any sign of the text is numeric: `²` and `½` are numbers too."""
    return any(sign.isnumeric() for sign in text)


def line(*parts: str | Piece | Line) -> Line:
    """One line of these words, pieces and lines. Raises UncitedNumber where words have a number in them."""
    found: list[Piece] = []
    for part in parts:
        if isinstance(part, str):
            found.append(Text(part))
        elif isinstance(part, tuple):
            found.extend(part)
        else:
            found.append(part)
    return tuple(piece for piece in found if piece.text)


def join_list(lines: Iterable[Line], between: str = ", ", last: str = " och ") -> Line:
    """The lines as one: `a, b och c`."""
    items = list(lines)
    found: list[Piece] = []
    for place, item in enumerate(items):
        if place:
            found.append(Text(last if place == len(items) - 1 else between))
        found.extend(item)
    return tuple(found)


def text_of(pieces: Line) -> str:
    return "".join(piece.text for piece in pieces)


@dataclass(frozen=True)
class Paragraph:
    """`kind`: `text`, `lead` (before a table), `bullet`, `numbered` (whose number is its first piece), `caption` or
    `decision`."""

    line: Line
    kind: str = "text"


@dataclass(frozen=True)
class Heading:
    """A heading below the chapter's own; `level` from 1, as in the whole document."""

    line: Line
    level: int


@dataclass(frozen=True)
class Table:
    """`widths`: the columns' shares of the width. `is_form`: whether people fill it in, and may add rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]
    is_form: bool = False


@dataclass(frozen=True)
class Picture:
    """An SVG with its alternative text."""

    svg: str
    alt: Line


Block = Paragraph | Heading | Table | Picture


@dataclass(frozen=True)
class Chapter:
    """`number` is its place, `2.2.1`, or nothing; a chapter stands in the document with its heading and its blocks.
    `tag` is the chapter whose tag in the template brings it in: its own, except where one tag brings several.
    `new_page`: whether it begins one."""

    number: str
    title: Line
    blocks: tuple[Block, ...]
    tag: str
    new_page: bool = False

    @property
    def level(self) -> int:
        return self.number.count(".") + 1

    @property
    def heading(self) -> Line:
        return line(Cited(self.number, {"kapitel": self.number}), " ", self.title) if self.number else self.title


def pieces_of(block: Block) -> Iterable[Piece]:
    """Every piece that a block shows, in its order."""
    if isinstance(block, Table):
        return [piece for row in block.rows for cell in row for piece in cell]
    return block.alt if isinstance(block, Picture) else block.line
