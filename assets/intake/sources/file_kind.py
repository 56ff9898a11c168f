"""What kind of file a source reads: by its ending, and by what it begins with, since systems give texts the names of
workbooks, and people workbooks those of texts."""

from pathlib import Path
from typing import Literal

from assets.intake.inbox_names import WORKBOOK_ENDINGS
from assets.intake.sources import html_tables, json_records

Kind = Literal["records", "page", "book", "text"]
_BOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_OLD_BOOK = (b"<", b"\t\x00", b"\t\x02", b"\t\x04", b"\t\x08")
"""How workbooks in XML and the oldest ones begin, which nothing here reads, and which are no texts."""


def kind_of(path: Path, ending: str) -> Kind:
    """What the file is to be read as."""
    if ending in json_records.ENDINGS:
        return "records"
    if ending in html_tables.ENDINGS and html_tables.is_html(path):
        return "page"
    with path.open("rb") as file:
        head = file.read(8)
    is_book = head.startswith(_BOOK) or (ending in WORKBOOK_ENDINGS and head.startswith(_OLD_BOOK))
    return "book" if is_book else "text"
