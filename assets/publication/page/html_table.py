"""Tables for the page: cells are escaped already, so that their size is known and no page grows too large to open."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from assets.publication import sv
from assets.publication.sv import STATE_WORDS, cell_text, state_words

MAX_ROWS = 500
"""Rows of a list that are shown on a page; the whole list stands in its files."""

MAX_AT_FIRST = 15
"""A list with more rows than that begins with its first ten, where a script can show the others."""

_TEXT, _HEADING = ("<td>", "</td>"), ('<th scope="row">', "</th>")
_CELL = 14
"""Bytes of a cell's markup, on the average."""


@dataclass(frozen=True)
class Column:
    """`kind`: text, tal (a number, to the right), dag and kod (never broken), fil (broken between the parts of its
    name), fras, bild. `choose`: with the page's script a reader may pick one of its values. `several`: a cell holds
    several of them, with `, ` between."""

    heading: str
    kind: str = "text"
    choose: bool = False
    several: bool = False


@dataclass(frozen=True)
class Download:
    """A file where the same rows stand, from the page's own folder. `words` is what its link says. `is_sheet`: it is
    a sheet of the workbook, which has none for a list without rows."""

    href: str
    words: str
    is_sheet: bool = False


@dataclass(frozen=True)
class Table:
    """`rows`: the cells that are shown, escaped; `total`: how many rows there are in all. `search`, `sort`: with
    the page's script a reader may."""

    ident: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Markup]]
    total: int
    downloads: Sequence[Download] = ()
    search: bool = False
    sort: bool = True

    @property
    def is_long(self) -> bool:
        """Whether the page's script shows the first ten rows until a reader asks for all."""
        return len(self.rows) > MAX_AT_FIRST

    @property
    def left_out(self) -> int:
        return self.total - len(self.rows)

    def body(self, *, row_headings: bool) -> Markup:
        """The rows as markup, with the first cell of each as its heading or not. They are joined here, for a template
        takes three times as long for as many cells."""
        tags = [_TEXT if column.kind == "text" else (f"<td class={column.kind}>", "</td>") for column in self.columns]
        if row_headings:
            tags[:1] = [_HEADING]
        rows = (
            "".join(f"{start}{cell}{end}" for (start, end), cell in zip(tags, row, strict=True)) for row in self.rows
        )
        return Markup("".join(f"<tr>{row}</tr>\n" for row in rows))  # noqa: S704 – the cells are escaped


def table(
    ident: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    downloads: Sequence[Download] = (),
    most_bytes: int = 120_000,
    most_rows: int = MAX_ROWS,
    total: int | None = None,
    sort: bool = True,
) -> Table:
    """A table of the first `rows`: as many as `most_rows` and `most_bytes` allow. `total` where `rows` are a part."""
    rendered = (
        [_cell(value, column) for value, column in zip(row, columns, strict=True)] for row in rows[:most_rows]
    )
    cells = list(_within(rendered, most_bytes))
    in_all = len(rows) if total is None else total
    return Table(
        ident,
        caption,
        columns,
        cells,
        in_all,
        [file for file in downloads if in_all or not file.is_sheet],
        search=len(cells) > 1,
        sort=sort and len(cells) > 1,
    )


def _within(rows: Iterable[list[Markup]], most_bytes: int) -> Iterator[list[Markup]]:
    used = 0
    for row in rows:
        used += sum(len(cell.encode()) + _CELL for cell in row)
        if used > most_bytes:
            return
        yield row


def _cell(value: object, column: Column) -> Markup:
    if isinstance(value, Markup):
        return value
    return file_name(cell_text(value)) if column.kind == "fil" else escape(cell_text(value))


def file_name(name: str) -> Markup:
    """A file's name, which may be broken between its parts and never inside a word of it."""
    return Markup(_PART_END.sub(r"\1<wbr>", str(escape(name))))  # noqa: S704 – escaped before it is parted


_PART_END = re.compile(r"(?<=\w)([_.-])(?=\w)")


@cache
def state(name: str) -> Markup:
    """A state by its mark, colour and word; sorted worst first by its place among the states."""
    return Markup('<span class="status {}" data-ordning="{}"><i aria-hidden="true">{}</i> {}</span>').format(
        css(name), rank(name), state_words(name).symbol, name.capitalize()
    )


def rank(name: str) -> int:
    """The place of a state where they are sorted, worst first."""
    order = list(STATE_WORDS)
    return {"röd": 0, "gul": 1, "grön": 2}.get(name, order.index(name) if name in order else len(order))


def css(name: str) -> str:
    """The class of a state."""
    return "s-" + name.translate(str.maketrans("åäö ", "aao-"))


def with_base(kind: str, value: float | None, numerator: int | None, denominator: int | None) -> Markup:
    """A figure and what it is a share of."""
    base = sv.base(kind, numerator, denominator) if value is not None else ""
    return escape(sv.figure(kind, value)) + (Markup(' <span class="bas">{}</span>').format(base) if base else "")


def link(href: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, words)


def sheet(name: str, root: str = "") -> Download:
    return Download(f"{root}ledningens_genomgang.xlsx", f"ledningens_genomgang.xlsx, bladet {name}", is_sheet=True)
