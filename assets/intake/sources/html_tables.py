"""A web page saved as a file, often under the name .xls → the grids of its tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from assets.intake.encoding import open_text
from assets.intake.refusal import Refused
from assets.intake.unholdable import drop_from_columns
from assets.registers.refusal_reasons import UNREADABLE

ENDINGS = frozenset({".html", ".htm", ".xls"})
MAX_CELLS = 5_000_000
_MAX_SPAN = 1000
_HEAD = 1 << 16


def is_html(path: Path) -> bool:
    """Whether a file is a web page, whatever its name is."""
    with path.open("rb") as file:
        head = file.read(_HEAD).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    is_book = b'"urn:schemas-microsoft-com:office:spreadsheet"' in head and b"<html" not in head
    return head.startswith(b"<") and (b"<table" in head or b"<html" in head) and not is_book


def read_tables(path: Path) -> tuple[list[pl.DataFrame], int]:
    """Each table of the page, in order: `row` from 1 and the cells as text columns `0`, `1`, …. A cell over several
    columns or rows stands in the first of them, as in a workbook. And how many characters were left out that
    no document can hold. Raises Refused."""
    from lxml import etree, html  # type: ignore[import-untyped]  # only where there is a page

    text = open_text(path)
    content = text.source.read_bytes() if isinstance(text.source, Path) else text.source
    try:
        parser = html.HTMLParser(huge_tree=False, no_network=True, encoding="utf-8")
        page = html.document_fromstring(content.removeprefix(b"\xef\xbb\xbf"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refused(UNREADABLE) from None
    for line_break in page.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    tables = [_grid(table) for table in page.iter("table") if next(_rows_of(table), None) is not None]
    kept = [drop_from_columns(table) for table in tables]  # an entity may stand for one (`&#1;`)
    return [table for table, _ in kept], text.dropped + sum(dropped for _, dropped in kept)


def _rows_of(table: Any) -> Iterator[Any]:  # noqa: ANN401 – lxml has no types
    """The table's own rows, not those of a table in one of its cells."""
    return (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)


def _grid(table: Any) -> pl.DataFrame:  # noqa: ANN401
    rows: list[dict[int, str]] = []
    taken: dict[int, int] = {}
    width = 0
    for line in _rows_of(table):
        texts: dict[int, str] = {}
        place = 0
        later: dict[int, int] = {}
        for cell in line.iterchildren("td", "th"):
            while taken.get(place, 0):
                place += 1
            texts[place] = " ".join(cell.text_content().split())
            across, down = _span(cell.get("colspan")), _span(cell.get("rowspan"))
            later |= dict.fromkeys(range(place, place + across), down)
            place += across
        taken = {at: left - 1 for at, left in (taken | later).items() if left > 1}
        rows.append(texts)
        width = max(width, place)
        if width * len(rows) > MAX_CELLS:
            raise Refused(UNREADABLE)
    columns = {str(at): pl.Series([row.get(at, "") for row in rows], dtype=pl.String) for at in range(width)}
    return pl.DataFrame({"row": pl.int_range(1, len(rows) + 1, dtype=pl.UInt32, eager=True)} | columns)


def _span(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and 1 <= int(text) <= _MAX_SPAN else 1
