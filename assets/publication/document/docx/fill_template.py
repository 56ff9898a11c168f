"""A Word document made of a template and the chapters: the same bytes for the same report."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.publication.document.chapters.outline import CHAPTERS, Document
from assets.publication.document.docx.reader import paragraphs_of
from assets.publication.document.docx.writer import STYLES, Renderer
from assets.publication.document.model import Piece, text_of
from assets.publication.document.provenance import Provenance

if TYPE_CHECKING:
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]

_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_LONGEST_PROPERTY = 255
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"><Application>L\xc3\xa4gesbild</Application></Properties>'
)
_CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/custom-properties"/>'
)
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


class _Used(dict[str, str]):
    """Chapters that remember which of them the template asked for."""

    def __init__(self, chapters: Mapping[str, str]) -> None:
        super().__init__(chapters)
        self.used: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.used.add(key)
        return super().__getitem__(key)


@dataclass(frozen=True)
class _Inline:
    """A piece for inside a line: a new control each time the template shows it. What it is made of is closed to the
    template."""

    _renderer: Renderer
    _piece: Piece

    def __html__(self) -> str:
        return self._renderer.inline(self._piece)


def fill(template: Path, document: Document, day: date) -> tuple[bytes, list[str]]:
    """The document, and in sentences what the template lacks: chapters, styles. Raises whatever a template that
    can't be used makes docxtpl or Jinja raise."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    word = DocxTemplate(str(template))
    word.init_docx()
    provenance, styles = Provenance(_own_paragraphs(template.read_bytes())), _styles(word)
    renderer = Renderer(provenance, styles, lambda svg: _add_picture(word, svg))
    bookmarks = dict(enumerate(document.chapters, 1))
    bodies: dict[str, str] = dict.fromkeys(CHAPTERS, "")
    contents = renderer.contents(bookmarks)
    for bookmark, chapter in bookmarks.items():
        bodies[chapter.tag] += renderer.chapter(chapter, bookmark)
    chapters = _Used({tag: Markup(xml) for tag, xml in bodies.items()})  # noqa: S704 - our own XML
    inline = {"namn": document.name, "ar": document.year, "per": document.day, "kant": document.known}
    context: dict[str, Any] = {"kapitel": chapters, "innehall": Markup(contents)}  # noqa: S704
    context |= {tag: _Inline(renderer, piece) for tag, piece in inline.items()}
    word.render(context, ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    _add_provenance(word, provenance)
    _set_properties(word, document.title, day)
    missing = [chapter for chapter in document.chapters if chapter.tag not in chapters.used]
    remarks = [
        f"Mallen har ingen plats för kapitel {text_of(chapter.heading)}: det kom inte med." for chapter in missing
    ]
    if lacking := sorted({name for name in STYLES.values() if name.casefold() not in styles}):
        remarks.append(
            f"Mallen saknar formatmallarna {', '.join(lacking)}: det som skulle ha dem ser ut som vanlig text."
        )
    return _packed(word), remarks


def _own_paragraphs(template: bytes) -> list[str]:
    """The template's own text, paragraph by paragraph, without its tags."""
    texts = (_TAGS.sub("", paragraph.text) for paragraph in paragraphs_of(template))
    return sorted({" ".join(text.split()) for text in texts} - {""})


def _styles(word: "DocxTemplate") -> dict[str, str]:
    """Style name, as it stands in the file (`heading 1`, which Swedish Word shows as Rubrik 1) → its id."""
    from docx.oxml.ns import qn

    styles = word.docx.styles.element.findall(qn("w:style"))
    named = ((style.find(qn("w:name")), style.get(qn("w:styleId"))) for style in styles)
    return {name.get(qn("w:val")).casefold(): ident for name, ident in named if name is not None and ident}


def _add_picture(word: "DocxTemplate", svg: str) -> tuple[str, float]:
    import typst

    source = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    png = typst.compile(source.encode(), sys_inputs={"svg": svg}, format="png", ppi=220, ignore_system_fonts=True)
    relation, image = word.docx.part.get_or_add_image(io.BytesIO(png))
    return relation, image.px_height / image.px_width


def _add_provenance(word: "DocxTemplate", provenance: Provenance) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = word.docx.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(number for number in range(1, len(taken) + 2) if f"/customXml/item{number}.xml" not in taken)
    item = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", provenance.xml(), package)
    about = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<ds:datastoreItem ds:itemID="{6C0D7B0C-5D7C-4B5A-9C1E-2B8F3A4D5E6F}" '
        f'xmlns:ds="{_PROPERTIES}"><ds:schemaRefs/></ds:datastoreItem>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    properties = Part(PackURI(f"/customXml/itemProps{number}.xml"), kind, about.encode(), package)
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    item.relate_to(properties, f"{relations}/customXmlProps")
    word.docx.part.relate_to(item, f"{relations}/customXml")


def _set_properties(word: "DocxTemplate", title: str, day: date) -> None:
    """Nobody's name: neither of who made the template nor of who ran the night."""
    properties = word.docx.core_properties
    for name in ("category", "comments", "content_status", "identifier", "keywords", "subject", "version"):
        setattr(properties, name, "")
    properties.author = properties.last_modified_by = "Lägesbild"
    properties.title = title[:_LONGEST_PROPERTY]
    properties.language, properties.revision = "sv-SE", 1
    properties.created = properties.modified = properties.last_printed = datetime.combine(day, time.min)


def _packed(word: "DocxTemplate") -> bytes:
    """The same bytes each time: parts in the order of their names, without times."""
    loose, packed = io.BytesIO(), io.BytesIO()
    word.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        replaced = {"docProps/app.xml": _APP, "docProps/custom.xml": _CUSTOM}
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, replaced.get(name) or source.read(name))
    return packed.getvalue()
