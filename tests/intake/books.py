"""Workbooks for tests: xlsx bytes by XlsxWriter, and ods bytes by hand, as no writer of it is installed."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

_SPACES = {"office": "office", "table": "table", "text": "text"}
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"

Cell = str | float | bool | date | None


def xlsx(fill: Callable[[xlsxwriter.Workbook], object], **options: object) -> bytes:
    """The bytes of a workbook that `fill` has written."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **options}) as book:
        fill(book)
    return target.getvalue()


def sheet_xlsx(rows: Iterable[Sequence[Cell]], top: int = 0, left: int = 0, **options: object) -> bytes:
    """A workbook of one sheet whose texts stay texts: what looks like a number or a formula is none."""

    def fill(book: xlsxwriter.Workbook) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows, top):
            for position, cell in enumerate(row, left):
                if isinstance(cell, str):
                    sheet.write_string(number, position, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, position, cell, day)
                else:
                    sheet.write(number, position, cell)

    return xlsx(fill, **options)


def ods(*sheets: tuple[str, Sequence[Sequence[Cell] | int]]) -> bytes:
    """An OpenDocument spreadsheet: each sheet's name and rows; a number instead of a row is that many empty ones."""
    names = " ".join(f'xmlns:{short}="{_NAMESPACE.format(long)}"' for short, long in _SPACES.items())
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{''.join(map(_ods_row, rows))}</table:table>"
        for name, rows in sheets
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", _MIMETYPE)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{_NAMESPACE.format("manifest")}"><m:file-entry m:full-path="/" '
            f'm:media-type="{_MIMETYPE}"/></m:manifest>',
        )
    return target.getvalue()


def _ods_row(row: Sequence[Cell] | int) -> str:
    if isinstance(row, int):
        return f'<table:table-row table:number-rows-repeated="{row}"><table:table-cell/></table:table-row>'
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case bool():
            kind, value, text = "boolean", str(cell).lower(), "SANT" if cell else "FALSKT"
        case int() | float():
            kind, value, text = "float", str(cell), str(cell)
        case date():
            kind, value, text = "date", cell.isoformat(), "31 okt"
        case _:
            paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
            return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
    attribute = {"boolean": "boolean-value", "date": "date-value"}.get(kind, "value")
    return (
        f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}"><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


_SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>"""
_PARTS = {
    "[Content_Types].xml": """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/sheet.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""",
    "_rels/.rels": """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": """<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
 Target="sheet.xml"/></Relationships>""",
}


def handmade_xlsx(rows: str, name: str = "A") -> bytes:
    """A workbook of these rows of XML, as no writer would write them: its only sheet lies outside xl/worksheets/."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for part, text in _PARTS.items():
            book.writestr(part, text.replace('name="A"', f'name="{name}"'))
        book.writestr("xl/sheet.xml", _SHEET.format(rows))
    return target.getvalue()
