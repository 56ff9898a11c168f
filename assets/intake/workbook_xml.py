"""What the XML of a workbook says of its cells and its reader doesn't: errors, formulas without a value, how far out
cells stand, which epoch its dates count from.

The parts are streamed, so that a workbook is looked through before a reader takes memory for it
(docs/spec/interfaces.md, Reading a file).
"""

import posixpath
import re
import zipfile
from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from assets.intake.refusal import Refused
from assets.registers.refusal_reasons import UNREADABLE

MAX_UNPACKED = 1_000_000_000
"""Bytes that a workbook's parts may unpack to. Excel's own largest sheets stay under it."""
MAX_CELLS = 30_000_000
"""Cells of the box around what stands in a sheet: the reader takes memory for all of them."""

NOT_AVAILABLE = "#N/A"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_CONTENT = frozenset({"v", "t"})


@dataclass
class SheetXml:
    """One sheet. `spoiled`: cells whose value can't be had, by row and position from 0, with the error's text or an
    empty one. `filled`: by position, the rows in which a value stands."""

    name: str
    spoiled: dict[tuple[int, int], str] = field(default_factory=dict)
    filled: "dict[int, array[int]]" = field(default_factory=lambda: defaultdict(lambda: array("L")))
    height: int = 0
    width: int = 0
    in_order: bool = True

    def add(self, row: int, position: int, *, error: str | None, has_value: bool) -> None:
        """Raises Refused where the box around the cells grows too large."""
        self.height, self.width = max(self.height, row + 1), max(self.width, position + 1)
        if self.height * self.width > MAX_CELLS:
            raise Refused(UNREADABLE)
        if error is not None:
            self.spoiled[row, position] = error
        elif has_value:
            rows = self.filled[position]
            self.in_order &= not rows or rows[-1] < row
            rows.append(row)

    def refuse_twice(self) -> None:
        """Raises Refused where a cell is there twice: readers give one of them without a word."""
        if not self.in_order and any(len(set(rows)) < len(rows) for rows in self.filled.values()):
            raise Refused(UNREADABLE)


@dataclass(frozen=True)
class WorkbookXml:
    sheets: list[SheetXml]
    epoch_1904: bool = False


def inspect(path: Path) -> WorkbookXml | None:
    """The sheets of an xlsx or ods in their order; None for what is no zip archive, as .xls. Raises Refused where
    the workbook is too large or says what it may not, and what zipfile and expat raise."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as book:
        if sum(part.file_size for part in book.infolist()) > MAX_UNPACKED:
            raise Refused(UNREADABLE)
        names = {name.lower(): name for name in book.namelist()}
        return _inspect_ods(book) if "content.xml" in names else _inspect_xlsx(book, names)


Attributes = dict[str, str]


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parse(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse  # entities may unpack without end
    parser.ParseFile(stream)


def _refuse(*_: object) -> None:
    raise Refused(UNREADABLE)


def _inspect_xlsx(book: zipfile.ZipFile, names: Mapping[str, str]) -> WorkbookXml:
    root = _targets(book, names, "_rels/.rels", "")
    workbook = next((target for kind, target in root.values() if kind == "officeDocument"), "xl/workbook.xml")
    folder, file = posixpath.split(workbook)
    targets = _targets(book, names, f"{folder}/_rels/{file}.rels", folder)
    sheets: list[tuple[str, str]] = []
    epoch: list[bool] = []

    def start(name: str, attributes: Attributes) -> None:
        if _local(name) == "sheet":
            identity = next((value for key, value in attributes.items() if _local(key) == "id" and ":" in key), "")
            sheets.append((attributes.get("name", ""), targets.get(identity, ("", ""))[1]))
        elif _local(name) == "workbookPr":
            epoch.append(attributes.get("date1904", "0") in ("1", "true"))

    with book.open(names[workbook.lower()]) as stream:
        _parse(stream, start)
    found = []
    for name, target in sheets:
        sheet = SheetXml(name)
        if target.lower() in names:
            with book.open(names[target.lower()]) as stream:
                _read_xlsx_sheet(stream, sheet)
        found.append(sheet)
    return WorkbookXml(found, any(epoch))


def _targets(book: zipfile.ZipFile, names: Mapping[str, str], path: str, folder: str) -> dict[str, tuple[str, str]]:
    """What a part's relations point at: by id, the kind of relation and the part's path."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if _local(name) == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    if path.lower() in names:
        with book.open(names[path.lower()]) as stream:
            _parse(stream, start)
    return found


def _read_xlsx_sheet(stream: IO[bytes], sheet: SheetXml) -> None:
    row, position = -1, -1
    kind, texts = "", [""]
    has_formula = has_value = in_content = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal row, position, kind, has_formula, has_value, in_content
        local = _local(name)
        if local == "c":
            position += 1
            if place := _REFERENCE.fullmatch(attributes.get("r", "")):
                position, row = _column(place[1]), int(place[2]) - 1
            kind, has_formula, has_value = attributes.get("t", ""), False, False
            texts.clear()
        elif local == "row":
            number = attributes.get("r", "")
            row, position = int(number) - 1 if number.isdecimal() else row + 1, -1
        elif local in _CONTENT:
            in_content = has_value = True
        elif local == "f":
            has_formula = True

    def end(name: str) -> None:
        nonlocal in_content
        local = _local(name)
        if local in _CONTENT:
            in_content = False
        elif local == "c":
            text = "".join(texts)
            if kind == "e" and text == NOT_AVAILABLE:
                return
            is_there = text or (has_value and kind == "str")  # a formula may give an empty text
            if kind == "e" or (has_formula and not is_there):
                sheet.add(row, position, error=text, has_value=False)
            elif text:
                sheet.add(row, position, error=None, has_value=bool(text.strip()))

    def text(content: str) -> None:
        if in_content:
            texts.append(content)

    _parse(stream, start, end, text)
    sheet.refuse_twice()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def _inspect_ods(book: zipfile.ZipFile) -> WorkbookXml:
    sheets: list[SheetXml] = []
    row, position, rows, width = -1, -1, 1, 1
    attributes_of_cell: Attributes = {}
    texts: list[str] = []
    depth, depth_of_cell, in_paragraph = 0, 0, False

    def repeated(attributes: Attributes, what: str) -> int:
        number = next((value for key, value in attributes.items() if _local(key) == f"number-{what}-repeated"), "1")
        return int(number) if number.isdecimal() else 1

    def start(name: str, attributes: Attributes) -> None:
        nonlocal row, position, rows, width, attributes_of_cell, depth, depth_of_cell, in_paragraph
        depth += 1
        match _local(name):
            case "table":
                sheets.append(SheetXml(next((v for k, v in attributes.items() if _local(k) == "name"), "")))
                row, rows = -1, 1
            case "table-row":
                row, position, width = row + rows, -1, 1
                rows = repeated(attributes, "rows")
            case "table-cell" | "covered-table-cell":
                position += width
                width = repeated(attributes, "columns")
                attributes_of_cell, depth_of_cell = attributes, depth
                texts.clear()
            case "p" if depth == depth_of_cell + 1:  # not one of a comment or a drawing in the cell
                in_paragraph = True

    def end(name: str) -> None:
        nonlocal depth, in_paragraph
        depth -= 1
        match _local(name):
            case "p" if depth == depth_of_cell:
                in_paragraph = False
            case "table-cell" if sheets:
                error = _ods_error(attributes_of_cell, "".join(texts))
                if error is not None:
                    for repeat in range(min(rows * width, MAX_CELLS)):
                        sheets[-1].add(row + repeat // width, position + repeat % width, error=error, has_value=False)
                elif texts:
                    is_alone = rows == width == 1  # what is repeated isn't looked for in what the reader gives
                    has_value = is_alone and bool("".join(texts).strip())
                    sheets[-1].add(row + rows - 1, position + width - 1, error=None, has_value=has_value)

    def text(content: str) -> None:
        if in_paragraph:
            texts.append(content)

    with book.open("content.xml") as stream:
        _parse(stream, start, end, text)
    return WorkbookXml(sheets)


def _ods_error(attributes: Attributes, text: str) -> str | None:
    """The text of a cell that holds an error, or an empty one where it holds a formula without a value or a text of
    no type, which its reader doesn't give; None where it holds none of them."""
    has_formula = any(_local(key) == "formula" for key in attributes)
    kinds = [value for key, value in attributes.items() if _local(key) == "value-type"]
    is_error = "error" in kinds or (has_formula and re.match(r"#[A-Z/0!?]+|Err:\d", text) is not None)
    if is_error:
        return None if text == NOT_AVAILABLE else text
    return "" if not kinds and (has_formula or text.strip()) else None
