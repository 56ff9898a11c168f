"""Writes the review: `ledningens_genomgang.docx` and `.pdf`. Nothing is written that its own check doesn't pass."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

from assets.publication.document.content import Document, document_of
from assets.publication.document.fill import fill
from assets.publication.document.model import UncitedNumber
from assets.publication.document.number_check import faults
from assets.publication.document.pdf import pdf_of
from assets.publication.document.rows import Rows
from assets.publication.document.template import TEMPLATE
from assets.publication.report import Picture

NAME = "ledningens_genomgang"


def write_document(
    picture: Picture, rows: Rows, texts: Mapping[str, str], template: Path | None, folder: Path
) -> list[str]:
    """Gives remarks for the coordinator: texts that fit no chapter, a template that couldn't be used, chapters it
    leaves out. Raises UncitedNumber where the document would show a number without a source."""
    document, remarks = document_of(picture, rows, texts)
    word, more = _filled(template, document, picture)
    (folder / f"{NAME}.docx").write_bytes(word)
    (folder / f"{NAME}.pdf").write_bytes(pdf_of(document, picture.run.as_of))
    return remarks + more


def _filled(template: Path | None, document: Document, picture: Picture) -> tuple[bytes, list[str]]:
    """The document in the organisation's template, or in the packaged one where that can't be used."""
    remarks: list[str] = []
    if template is not None:
        try:
            return _checked(template, document, picture)
        except Exception as fault:  # noqa: BLE001 - a template is people's own: it may fail in any way
            remarks.append(f"Dokumentmallen går inte att använda, så den medföljande användes: {_why(fault)}.")
    word, more = _checked(TEMPLATE, document, picture)
    return word, remarks + more


def _checked(template: Path, document: Document, picture: Picture) -> tuple[bytes, list[str]]:
    word, remarks = fill(template, document, picture.run.as_of)
    if unsupported := faults(word, None):
        raise UncitedNumber(unsupported[0])
    return word, remarks


def _why(fault: Exception) -> str:
    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import TemplateSyntaxError, UndefinedError

    if isinstance(fault, PackageNotFoundError | BadZipFile | KeyError):
        return "filen är inget Word-dokument (docx)"
    if isinstance(fault, TemplateSyntaxError):
        return f"den har en felskriven tagg ({fault.message})"
    if isinstance(fault, UndefinedError):
        return f"den har en tagg som inte finns ({fault.message})"
    if isinstance(fault, UncitedNumber):
        return str(fault).rstrip(".")
    return f"{type(fault).__name__}: {fault}".rstrip(".")
