"""A workbook looked through before a reader takes memory for it (docs/spec/interfaces.md, Reading a file)."""

import zipfile
from pathlib import Path

from assets.intake.ods_xml import inspect_ods
from assets.intake.refusal import Refused
from assets.intake.sheet_xml import WorkbookXml
from assets.intake.xlsx_xml import inspect_xlsx
from assets.registers.refusal_reasons import UNREADABLE

MAX_UNPACKED = 1_000_000_000
"""Bytes that a workbook's parts may unpack to. Excel's own largest sheets stay under it."""


def inspect(path: Path) -> WorkbookXml | None:
    """The sheets of an xlsx or ods in their order; None for what is no zip archive, as .xls. Raises Refused where
    the workbook is too large, has two parts of one name or says what it may not, and what zipfile and expat raise."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as book:
        if sum(part.file_size for part in book.infolist()) > MAX_UNPACKED:
            raise Refused(UNREADABLE)
        names = {name.lower(): name for name in book.namelist()}
        if len(names) < len(book.namelist()):  # of two parts of one name each reader takes its own
            raise Refused(UNREADABLE)
        return inspect_ods(book) if "content.xml" in names else inspect_xlsx(book, names)
