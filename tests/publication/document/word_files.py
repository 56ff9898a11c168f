"""Changes to a finished Word document, as somebody's editor would make them."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy

from lxml import etree  # type: ignore[import-untyped]
from pypdf import PdfReader

from assets.publication.document.docx.reader import paragraphs_of
from pipelines.demo import signature

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def changed(docx: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()).encode() if name == part else content)
    return made.getvalue()


def part_of(docx: bytes, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as source:
        return source.read(part).decode()


def text_of_pdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def texts_with_digits(docx: bytes, part: str = "word/document.xml") -> list[re.Match[str]]:
    """Every run of text that has a digit in it."""
    return list(re.finditer(r"<w:t(?: [^>]*)?>([^<]*\d[^<]*)</w:t>", part_of(docx, part)))


def with_other_digit(xml: str, match: re.Match[str], place: int) -> str:
    """The XML with one digit of the text raised by one."""
    text = match[1]
    other = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
    return xml[: match.start(1)] + other + xml[match.end(1) :]


def display_name(docx_bytes: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs_of(docx_bytes)).replace("\N{NO-BREAK SPACE}", " ")


def filled_in(docx: bytes, decisions: Sequence[tuple[str | None, ...]]) -> bytes:
    """The document with its form filled in, row by row, in rows more where it has too few; None leaves a blank."""
    return changed(docx, lambda xml: signature.filled_in(_with_rows(xml, len(decisions)), decisions).decode())


def _with_rows(xml: str, number: int) -> bytes:
    """The document with so many rows in its form, as the plus sign beside the last one adds them."""
    document = etree.fromstring(xml.encode())
    rows = signature.form_rows(document)
    item = next(control for control in rows[-1].iterancestors(f"{W}sdt"))
    for _ in range(number - len(rows)):
        item.addnext(deepcopy(item))
    return bytes(etree.tostring(document))
