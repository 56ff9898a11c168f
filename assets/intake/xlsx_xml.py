"""What the XML of an .xlsx says of its sheets (`sheet_xml`)."""

import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import IO

from assets.intake.sheet_xml import NOT_AVAILABLE, Attributes, SheetXml, WorkbookXml, local_name, parse_part
from assets.intake.xlsx_escapes import is_left_by_reader, shared_texts, unescape

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_CONTENT = frozenset({"v", "t"})
_TEXTS = frozenset({"s", "str", "inlineStr"})
"""Kinds of cells: a shared text, what a formula has given, and one that stands in the cell."""


def inspect_xlsx(book: zipfile.ZipFile, names: Mapping[str, str]) -> WorkbookXml:
    """Its sheets in their order. `names`: the package's parts by their names in small letters. Raises Refused."""
    root = _targets(book, names, "_rels/.rels", "")
    workbook = next((target for kind, target in root.values() if kind == "officeDocument"), "xl/workbook.xml")
    folder, file = posixpath.split(workbook)
    targets = _targets(book, names, f"{folder}/_rels/{file}.rels", folder)
    sheets: list[tuple[str, str]] = []
    epoch: list[bool] = []

    def start(name: str, attributes: Attributes) -> None:
        if local_name(name) == "sheet":
            identity = next(
                (value for key, value in attributes.items() if local_name(key) == "id" and ":" in key), ""
            )
            sheets.append((attributes.get("name", ""), targets.get(identity, ("", ""))[1]))
        elif local_name(name) == "workbookPr":
            epoch.append(attributes.get("date1904", "0") in ("1", "true"))

    with book.open(names[workbook.lower()]) as stream:
        parse_part(stream, start)
    strings = next((names.get(target.lower()) for kind, target in targets.values() if kind == "sharedStrings"), None)
    shared = shared_texts(book, strings) if strings else {}
    found = []
    for name, target in sheets:
        sheet = SheetXml(name)
        if target.lower() in names:
            with book.open(names[target.lower()]) as stream:
                _read_xlsx_sheet(stream, sheet, shared)
        found.append(sheet)
    return WorkbookXml(found, any(epoch))


def _targets(book: zipfile.ZipFile, names: Mapping[str, str], path: str, folder: str) -> dict[str, tuple[str, str]]:
    """What a part's relations point at: by id, the kind of relation and the part's path."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if local_name(name) == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    if path.lower() in names:
        with book.open(names[path.lower()]) as stream:
            parse_part(stream, start)
    return found


def _read_xlsx_sheet(stream: IO[bytes], sheet: SheetXml, shared: Mapping[int, str]) -> None:
    row, position = -1, -1
    kind, runs = "", [""]
    has_formula = has_value = in_content = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal row, position, kind, has_formula, has_value, in_content
        local = local_name(name)
        if local == "c":
            position += 1
            if place := _REFERENCE.fullmatch(attributes.get("r", "")):
                position, row = _column(place[1]), int(place[2]) - 1
            kind, has_formula, has_value = attributes.get("t", ""), False, False
            runs.clear()
        elif local == "row":
            number = attributes.get("r", "")
            row, position = int(number) - 1 if number.isdecimal() else row + 1, -1
        elif local in _CONTENT:
            in_content = has_value = True
            runs.append("")
        elif local == "f":
            has_formula = True

    def end(name: str) -> None:
        nonlocal in_content
        local = local_name(name)
        if local in _CONTENT:
            in_content = False
        elif local == "c":
            text = "".join(runs)
            if kind == "e" and text == NOT_AVAILABLE:
                return
            has_result = text or (has_value and kind == "str")  # a formula may give an empty text
            if kind == "e" or (has_formula and not has_result):
                sheet.add(row, position, error=text, has_value=False)
            elif text:
                sheet.add(row, position, error=None, has_value=bool(text.strip()))
            if kind in _TEXTS and (decoded := _decoded(kind, runs, shared)) is not None:
                sheet.texts[row, position] = decoded

    def text(content: str) -> None:
        if in_content:
            runs[-1] += content

    parse_part(stream, start, end, text)
    sheet.refuse_twice()


def _decoded(kind: str, runs: Sequence[str], shared: Mapping[int, str]) -> str | None:
    """The text of a cell in which the reader leaves escapes; None where it leaves none."""
    if kind == "s":
        return shared.get(int(runs[0])) if shared and runs and runs[0].isdecimal() else None
    if kind == "inlineStr" and not any(map(is_left_by_reader, runs)):
        return None
    decoded = "".join(map(unescape, runs))
    return decoded if decoded != "".join(runs) else None


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1
