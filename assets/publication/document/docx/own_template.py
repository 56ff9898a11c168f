"""The document in a template that people have made: filled in a child process, and only if it is safe to publish.

A template may loop for ever, unpack to many gigabytes, fetch pictures from elsewhere when the document is opened, run
macros, or carry somebody's name and number into a document that becomes public.
"""

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from assets.email_addresses import holds_address
from assets.limits import LimitExceeded, run_limited
from assets.personal_numbers import holds_number
from assets.publication.document.docx.fill_template import fill
from assets.publication.document.docx.reader import Unreadable, paragraphs_of, parts_of
from assets.publication.document.model import UncitedNumber
from assets.publication.document.number_check import faults
from assets.settings import Limits

if TYPE_CHECKING:
    from assets.publication.document.chapters.outline import Document

Filled = tuple[bytes, list[str]]
"""A document, and remarks on what its template lacks."""

_FETCHING_FIELD = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK)\b")
_EXCEEDED = {
    "memory": "den kräver mer minne än en mall får använda",
    "time": "det tar längre tid att fylla i den än en mall får ta",
    "crash": "den gick inte att läsa",
}


class TemplateRefused(ValueError):
    """A template can't be used; the message says why, as the end of a Swedish sentence."""


def fill_own(template: Path, document: "Document", day: date, limits: Limits) -> Filled:
    """The document in the template. Raises TemplateRefused."""
    try:
        outcome = run_limited(
            _fill_or_refuse, template, document, day, limits.unpacked, memory=limits.memory, seconds=limits.seconds
        )
    except LimitExceeded as exceeded:
        raise TemplateRefused(_EXCEEDED[exceeded.limit]) from None
    if isinstance(outcome, str):
        raise TemplateRefused(outcome)
    return outcome


def fill_checked(template: Path, document: "Document", day: date) -> Filled:
    """The document in the template. Raises UncitedNumber where it would show a number without a source."""
    word, remarks = fill(template, document, day)
    if unsupported := faults(word, None):
        raise UncitedNumber(unsupported[0])
    return word, remarks


def _fill_or_refuse(template: Path, document: "Document", day: date, unpacked: int) -> Filled | str:
    """The child's part: the document, or why the template is refused."""
    try:
        _inspect(template, unpacked)
        return fill_checked(template, document, day)
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - a template is people's own: it may fail in any way
        return _why(fault)


def _inspect(template: Path, unpacked: int) -> None:
    """Raises TemplateRefused where the template holds what a published document must not."""
    with zipfile.ZipFile(template) as package:
        if sum(entry.file_size for entry in package.infolist()) > unpacked:
            raise TemplateRefused("den packar upp till mer än ett dokument kan rymma")
        if any(Path(name).name == "vbaProject.bin" for name in package.namelist()):
            raise TemplateRefused("den innehåller makron")
        relations = [package.read(name) for name in package.namelist() if name.lower().endswith(".rels")]
    for part in relations:
        _inspect_relations(part)
    content = template.read_bytes()
    parts = [part.decode(errors="replace") for name, part in parts_of(content).items() if name[:9] != "docProps/"]
    texts = [paragraph.text for paragraph in paragraphs_of(content)]
    if any(_FETCHING_FIELD.search(field) for part in parts for field in _instructions(part)):
        raise TemplateRefused("den har ett fält som hämtar innehåll från en annan fil")
    if any(map(holds_address, [*texts, *parts])):
        raise TemplateRefused("den innehåller en e-postadress")
    if any(holds_number(text) for text in texts):
        raise TemplateRefused("den innehåller ett personnummer")


def _inspect_relations(part: bytes) -> None:
    """Links that people follow may lead anywhere; what Word fetches by itself may not."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in etree.fromstring(part, parser).iter("{*}Relationship"):
        target, kind = unquote(relation.get("Target", "")), relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode", "").casefold() == "external":
            if kind != "hyperlink":
                raise TemplateRefused("den hämtar en bild eller mall från en annan plats")
            if holds_address(target):
                raise TemplateRefused("den innehåller en e-postadress")


def _instructions(part: str) -> list[str]:
    """What the part's fields do; an instruction may be split over several runs."""
    simple = re.findall(r"w:instr\s*=\s*[\"']([^\"']*)", part)
    return [*simple, "".join(re.findall(r"<w:instrText[^>]*>([^<]*)", part))]


def _why(fault: Exception) -> str:
    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError
    from lxml import etree

    if isinstance(fault, PackageNotFoundError | zipfile.BadZipFile | KeyError | etree.XMLSyntaxError | Unreadable):
        return "filen är inget Word-dokument (docx)"
    if isinstance(fault, TemplateSyntaxError):
        return f"den har en felskriven tagg ({fault.message})"
    if isinstance(fault, UndefinedError):
        return f"den har en tagg som inte finns ({fault.message})"
    if isinstance(fault, SecurityError):
        return "den har en tagg som inte är tillåten"
    if isinstance(fault, UncitedNumber | TemplateRefused):
        return str(fault).rstrip(".")
    return f"den gick inte att fylla i ({type(fault).__name__})"
