"""Changes to a finished Word document, as somebody's editor would make them."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy

from lxml import etree  # type: ignore[import-untyped]
from pypdf import PdfReader

from assets.publication.document.docx.reader import paragraphs_of

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
    return changed(docx, lambda xml: _filled_in(xml, decisions))


def _filled_in(xml: str, decisions: Sequence[tuple[str | None, ...]]) -> str:
    document = etree.fromstring(xml.encode())
    form = next(table for table in document.iter(f"{W}tbl") if b'"_beslut"' in etree.tostring(table))
    rows = list(form.iter(f"{W}tr"))[1:]
    while len(rows) < len(decisions):
        item = next(control for control in rows[-1].iterancestors(f"{W}sdt"))
        item.addnext(deepcopy(item))
        rows = list(form.iter(f"{W}tr"))[1:]
    for row, texts in zip(rows, decisions, strict=False):
        for control, text in zip(row.iter(f"{W}sdt"), texts, strict=True):
            if text is not None:
                prompt = control.find(f"{W}sdtPr/{W}showingPlcHdr")
                prompt.getparent().remove(prompt)
                next(control.iter(f"{W}t")).text = text
    return str(etree.tostring(document, encoding="unicode"))
