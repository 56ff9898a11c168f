"""Writes the review: `ledningens_genomgang.docx` and `.pdf`. Nothing is written that its own check doesn't pass."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from assets.publication.document.chapters.outline import Document, document_of
from assets.publication.document.docx.default_template import TEMPLATE
from assets.publication.document.docx.own_template import Filled, TemplateRefused, fill_checked, fill_own
from assets.publication.document.pdf import pdf_of
from assets.publication.document.printable import printable
from assets.publication.document.rows import Rows
from assets.publication.narrative import Note
from assets.publication.report import Report
from assets.settings import DEFAULT_LIMITS, Limits

NAME = "ledningens_genomgang"


def write_document(
    report: Report,
    rows: Rows,
    texts: Mapping[str, str],
    template: Path | None,
    folder: Path,
    limits: Limits = DEFAULT_LIMITS,
    notes: Sequence[Note] = (),
) -> list[str]:
    """Writes both files into the folder and returns remarks for the coordinator: texts that fit no chapter or can't
    be read, characters that can't be shown, a template that can't be used, chapters that it leaves out.

    `texts`: chapter → Markdown. `template`: the organisation's own, if any; the packaged one is used where that can't
    be. `limits` hold for reading texts and template. `notes`: dated notes up to B, oldest first. Raises UncitedNumber
    where the document would show a number without a source.
    """
    drafted, remarks = document_of(report, rows, texts, limits, notes)
    document, replaced = printable(drafted)
    if replaced:
        verb = "är ersatt" if replaced == 1 else "är ersatta"
        remarks.append(f"{replaced} tecken som inte kan visas i dokumentet {verb}.")
    day = report.run.as_of
    word, more = _filled(template, document, day, limits)
    pdf = pdf_of(document, day)
    (folder / f"{NAME}.docx").write_bytes(word)
    (folder / f"{NAME}.pdf").write_bytes(pdf)
    return remarks + more


def _filled(template: Path | None, document: Document, day: date, limits: Limits) -> Filled:
    """The document in the organisation's template, or in the packaged one where that can't be used."""
    remarks = []
    if template is not None:
        try:
            return fill_own(template, document, day, limits)
        except TemplateRefused as refused:
            remarks.append(f"Dokumentmallen går inte att använda, så den medföljande användes: {refused}.")
    word, more = fill_checked(TEMPLATE, document, day)
    return word, remarks + more
