"""What the XML of an .ods says of its sheets (`sheet_xml`)."""

import re
import zipfile

from assets.intake.sheet_xml import (
    MAX_CELLS,
    NOT_AVAILABLE,
    Attributes,
    SheetXml,
    WorkbookXml,
    local_name,
    parse_part,
)


def inspect_ods(book: zipfile.ZipFile) -> WorkbookXml:
    """Its sheets in their order. Raises Refused."""
    sheets: list[SheetXml] = []
    row, position, rows, width = -1, -1, 1, 1
    attributes_of_cell: Attributes = {}
    texts: list[str] = []
    depth, depth_of_cell, in_paragraph = 0, 0, False

    def repeated(attributes: Attributes, what: str) -> int:
        number = next(
            (value for key, value in attributes.items() if local_name(key) == f"number-{what}-repeated"), "1"
        )
        return int(number) if number.isdecimal() else 1

    def start(name: str, attributes: Attributes) -> None:
        nonlocal row, position, rows, width, attributes_of_cell, depth, depth_of_cell, in_paragraph
        depth += 1
        match local_name(name):
            case "table":
                sheets.append(SheetXml(next((v for k, v in attributes.items() if local_name(k) == "name"), "")))
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
        match local_name(name):
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
        parse_part(stream, start, end, text)
    return WorkbookXml(sheets)


def _ods_error(attributes: Attributes, text: str) -> str | None:
    """The text of a cell that holds an error, or an empty one where it holds a formula without a value or a text of
    no type, which its reader doesn't give; None where it holds none of them."""
    has_formula = any(local_name(key) == "formula" for key in attributes)
    kinds = [value for key, value in attributes.items() if local_name(key) == "value-type"]
    is_error = "error" in kinds or (has_formula and re.match(r"#[A-Z/0!?]+|Err:\d", text) is not None)
    if is_error:
        return None if text == NOT_AVAILABLE else text
    return "" if not kinds and (has_formula or text.strip()) else None
