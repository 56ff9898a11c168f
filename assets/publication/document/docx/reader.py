"""Reads a finished Word document: its visible text, paragraph by paragraph, and the controls that it stands in."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assets.publication.document.provenance import MARK, TAG
from assets.registers.decision_form import BOOKMARK, FIELD_MARK, FIELD_TAG

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SILENT = re.compile(
    r"word/(styles|stylesWithEffects|settings|webSettings|fontTable|numbering|people|commentsExtended|commentsIds|"
    r"commentsExtensible|theme/[^/]+|glossary/[^/]+|_rels/[^/]+)(\.xml|\.rels)$"
)
"""Parts that show no text of their own."""
_PAGES = {"PAGE", "NUMPAGES", "SECTIONPAGES"}
_SPACES = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}


FIELD = "falt"
"""What is said of a text that stands where people are to write: in a blank, or anywhere in the form for decisions."""


@dataclass(frozen=True)
class Paragraph:
    """`segments`: text, and the tag of the innermost control of ours that it stands in, or None: FIELD where people
    fill it in. `style` is its id; `row` tells which row of a table it stands in.

    A page number in a header or footer is no text: Word writes it anew for each page."""

    part: str
    style: str
    row: int | None
    segments: tuple[tuple[str, str | None], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.segments)

    @property
    def uncited(self) -> str:
        """The text that stands in no control of ours, with white space collapsed."""
        return " ".join("".join(text for text, tag in self.segments if tag is None).split())


class Unreadable(ValueError):
    """The file is no Word document, or has something in it that can't be looked through."""


def parts_of(docx: bytes) -> dict[str, bytes]:
    """Every XML part of the document. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MAX_BYTES:
                raise Unreadable("filen packar upp till mer än ett dokument kan rymma")
            parts = {name: package.read(name) for name in package.namelist() if name.endswith(".xml")}
            other = [name for name in package.namelist() if name.startswith("word/") and _is_embedded(name)]
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as fault:
        raise Unreadable("filen är inget Word-dokument") from fault
    if "word/document.xml" not in parts:
        raise Unreadable("filen är inget Word-dokument")
    if other:
        raise Unreadable(f"{other[0]} är ett inbäddat dokument, som inte går att granska")
    return parts


_MAX_BYTES = 2**28


def _is_embedded(name: str) -> bool:
    return name.startswith("word/embeddings/") or "afchunk" in name.casefold()


def trees_of(parts: dict[str, bytes]) -> Iterator[tuple[str, Any]]:
    """The parts that show text, parsed. Raises Unreadable."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    for name in sorted(parts):
        if name.startswith("word/") and not _SILENT.match(name):
            try:
                yield name, etree.fromstring(parts[name], parser)
            except etree.XMLSyntaxError as fault:
                raise Unreadable(f"{name} går inte att läsa") from fault


def paragraphs_of(docx: bytes) -> list[Paragraph]:
    return [paragraph for name, tree in trees_of(parts_of(docx)) for paragraph in paragraphs_in(name, tree)]


def paragraphs_in(part: str, tree: Any) -> Iterator[Paragraph]:  # noqa: ANN401 - lxml has no types
    rows = {row: place for place, row in enumerate(tree.iter(f"{_W}tr"))}
    forms = {table for table in tree.iter(f"{_W}tbl") if _is_form(table)}
    for element in tree.iter(f"{_W}p", f"{_A}p"):
        style = element.find(f"{_W}pPr/{_W}pStyle")
        walker = _Walker(part)
        is_form = any(table in forms for table in element.iterancestors(f"{_W}tbl"))
        walker.walk(element, _tag_around(element) or (FIELD if is_form else None))
        name = "" if style is None else style.get(f"{_W}val", "")
        row = rows.get(next(element.iterancestors(f"{_W}tr"), None))
        yield Paragraph(part, name, row, tuple(walker.found))


def _tag_around(element: Any) -> str | None:  # noqa: ANN401
    for around in element.iterancestors(f"{_W}sdt"):
        if tag := _tag(around):
            return tag
    return None


def _tag(control: Any) -> str | None:  # noqa: ANN401
    tag = control.find(f"{_W}sdtPr/{_W}tag")
    value = "" if tag is None else tag.get(f"{_W}val", "")
    if value.startswith(FIELD_TAG):
        return FIELD
    return value if value.startswith(TAG) else None


def _is_form(table: Any) -> bool:  # noqa: ANN401
    return any(mark.get(f"{_W}name") == BOOKMARK for mark in table.iter(f"{_W}bookmarkStart"))


class _Walker:
    """`_mark`: the bookmark of ours that is open, and its id."""

    def __init__(self, part: str) -> None:
        self.found: list[tuple[str, str | None]] = []
        self._may_page = part.startswith(("word/header", "word/footer"))
        self._instruction, self._is_result = "", False
        self._mark: tuple[str, str] | None = None

    def walk(self, element: Any, tag: str | None) -> None:  # noqa: ANN401
        for child in element:
            name = str(child.tag).rpartition("}")[2]
            if name in ("p", "del", "moveFrom", "pPr", "rPr", "sdtPr"):
                continue
            if name == "fldSimple" and self._is_page(child.get(f"{_W}instr", "")):
                continue
            if name == "fldChar":
                self._field(child.get(f"{_W}fldCharType"))
            elif name.startswith("bookmark"):
                self._bookmark(name, child)
            elif name == "instrText":
                self._instruction += child.text or ""
            elif name in _SPACES or name in ("t", "sym"):
                self._text(name, child, tag)
            else:
                self.walk(child, (_tag(child) or tag) if name == "sdt" else tag)

    def _text(self, name: str, child: Any, tag: str | None) -> None:  # noqa: ANN401
        if self._is_result and self._is_page(self._instruction):
            return
        text = _SPACES.get(name) or (_symbol(child) if name == "sym" else child.text or "")
        self.found.append((text, tag or (self._mark[0] if self._mark else None)))

    def _bookmark(self, name: str, child: Any) -> None:  # noqa: ANN401
        ident = child.get(f"{_W}id")
        mark = child.get(f"{_W}name", "")
        if name == "bookmarkStart" and mark.startswith(MARK):
            self._mark = (mark.replace(MARK, TAG, 1), ident)
        elif name == "bookmarkStart" and mark.startswith(FIELD_MARK):
            self._mark = (FIELD, ident)
        elif name == "bookmarkEnd" and self._mark and self._mark[1] == ident:
            self._mark = None

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._instruction, self._is_result = "", False
        else:
            self._is_result = kind == "separate"

    def _is_page(self, instruction: str) -> bool:
        words = instruction.split()
        return self._may_page and bool(words) and words[0].upper() in _PAGES


def _symbol(child: Any) -> str:  # noqa: ANN401
    """A sign of a symbol font: its code's last byte is what it would be in an ordinary font."""
    return chr(int(child.get(f"{_W}char", "20"), 16) & 0xFF)
