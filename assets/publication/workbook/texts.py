"""A workbook in which every text stays the text it was: no formula, number or link, no mark of the format's own."""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook, xmlwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SEEMS_ESCAPED = "(?=x[0-9A-Fa-f]{4}_)"
"""Follows an underscore with which an escaped character begins (ISO/IEC 29500-1, ST_Xstring)."""
_RUN = "<r>", "</r>"
"""What XlsxWriter takes for runs of formatted text that it has made itself, and writes raw."""

# XlsxWriter escapes such an underscore, but of two escapes that share one only the first.
xmlwriter.re_control_chars_1 = re.compile(f"(_){_SEEMS_ESCAPED}")


class _Sheet(Worksheet):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.add_write_handler(str, _write_text)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """What XlsxWriter makes of a formula. It looks for a hundred functions in each, and the same few conditions
        stand on every sheet."""
        return _prepared(formula, expand_future_functions)


@lru_cache(maxsize=512)
def _prepared(formula: str, expand: bool) -> str:
    return str(Worksheet()._prepare_formula(formula, expand))


class TextWorkbook(Workbook):  # type: ignore[misc]
    """`path`: a file, or what it is written to. It is written when it is closed."""

    worksheet_class = _Sheet

    def __init__(self, path: Path | BytesIO) -> None:
        super().__init__(path, {"in_memory": True, **_STAY_TEXTS})


def _write_text(sheet: Worksheet, row: int, column: int, text: str, form: Format | None = None) -> int | None:
    """Writes a text that would be taken for runs in pieces that are none, which make the same text; None leaves
    another text to XlsxWriter."""
    if not (text.startswith(_RUN[0]) and text.endswith(_RUN[1])):
        return None
    first, *others = re.split(f"(?<=_){_SEEMS_ESCAPED}", text)
    pieces = [first[:1], first[1:2], first[2:], *others]
    return int(sheet.write_rich_string(row, column, *pieces, *([form] if form else [])))
