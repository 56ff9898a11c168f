"""What the management does with the draft of a review: fills in the form of chapter 4 and signs."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from assets.registers.decision_form import BOOKMARK

DECISIONS = (
    ("Registerförteckningen ska vara hel för alla enheter", "Dataskyddssamordnare", "2024-12-31"),
    ("Ledningen och nämnden ska utbildas enligt den nya lagen", "HR-chef", "2026-06-30"),
    ("Personuppgiftsbiträdesavtalen ska följas upp varje år", "Upphandlingsansvarig", "2026-12-31"),
    ("Boendenas reservrutiner ska övas varje halvår", "Verksamhetschef", "2026-12-31"),
    ("AI-system ska ha en bedömd riskklass före upphandling", "IT-strateg", "2026-12-31"),
)
"""What the demo's management decides: the text, the function that answers for it, the day."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"


def sign(draft: Path, signed: Path, decisions: Sequence[Sequence[str]] = DECISIONS) -> None:
    """Writes the document at `draft` to `signed` with its form filled in, a row for each decision."""
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(signed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, filled_in(content, decisions) if entry.filename == _DOCUMENT else content)


def filled_in(document_xml: bytes, decisions: Sequence[Sequence[str | None]]) -> bytes:
    """The document with the rows of its form filled in, a row for each decision; None leaves a blank as it is."""
    document = etree.fromstring(document_xml)
    for row, texts in zip(form_rows(document), decisions, strict=False):
        for control, text in zip(row.iter(f"{_W}sdt"), texts, strict=True):
            if text is not None:
                prompt = control.find(f"{_W}sdtPr/{_W}showingPlcHdr")
                prompt.getparent().remove(prompt)
                next(control.iter(f"{_W}t")).text = text
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True))


def form_rows(document: Any) -> list[Any]:  # noqa: ANN401 – lxml has no types
    """The rows of the form below its heads."""
    mark = next(element for element in document.iter(f"{_W}bookmarkStart") if element.get(f"{_W}name") == BOOKMARK)
    form = next(mark.iterancestors(f"{_W}tbl"))
    return list(form.iter(f"{_W}tr"))[1:]
