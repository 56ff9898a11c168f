"""A web page saved as a file, often under the name .xls → the grids of its tables."""

from typing import Any

import polars as pl

from assets.intake.refusal import UNREADABLE, Refused

MAX_CELLS = 5_000_000


def is_html(start: bytes) -> bool:
    """Whether a file begins as a web page does, whatever its name is."""
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<?xml")) and b"<" in head


def read_tables(content: bytes) -> list[pl.DataFrame]:
    """Each table of the page, in order: `row` from 1 and the cells as text columns `0`, `1`, …; a cell over several
    columns stands in the first of them. Raises Refused."""
    from lxml import etree, html  # type: ignore[import-untyped]  # only where there is a page

    try:
        page = html.document_fromstring(content, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refused(UNREADABLE) from None
    return [_grid(table) for table in page.iter("table") if next(table.iter("tr"), None) is not None]


def _grid(table: Any) -> pl.DataFrame:  # noqa: ANN401 – lxml has no types
    rows: list[list[str]] = []
    for line in table.iter("tr"):
        cells: list[str] = []
        for cell in line.iterchildren("td", "th"):
            cells.append(" ".join(cell.text_content().split()))
            cells += [""] * (_span(cell.get("colspan")) - 1)
        rows.append(cells)
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise Refused(UNREADABLE)
    padded = [cells + [""] * (width - len(cells)) for cells in rows]
    grid = pl.DataFrame(padded, schema={str(place): pl.String for place in range(width)}, orient="row")
    return grid.with_row_index("row", offset=1)


def _span(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and 1 <= int(text) <= 1000 else 1
