"""The provenance: the source of each number of a Word document.

It travels in the document as a custom XML part, and each text that it gives a source stands in a content control
whose tag is its number in the provenance.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, tostring

from assets.publication.document.model import Cited, Line, Text, text_of
from assets.registers.decision_form import PROVENANCE

NAMESPACE = PROVENANCE
TAG = "siffra-"
VERSION = 1
"""How the provenance is written. A document in the diary is older than the program that checks it."""
_PARTS = {"mall": list, "siffror": dict, "bilder": list, "ord": dict}
MARK = "_siffra_"
"""A hidden bookmark around the same text: older LibreOffice keeps bookmarks, but not the tags of controls."""


@dataclass
class Provenance:
    """What is written beside the document while it is made.

    `entries`: number → its text, its source and the paragraph it stands in (0: one of the template's). `words`:
    paragraph → its own words. `alts`: the pictures' alternative texts, with the sources of their numbers.
    `template`: the template's own paragraphs.
    """

    template: Sequence[str] = ()
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    alts: list[dict[str, Any]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    paragraphs: int = 0

    def begin(self, line: Line = ()) -> None:
        """Begins a new paragraph, or row of a table."""
        self.paragraphs += 1
        plain = "".join(piece.text for piece in line if isinstance(piece, Text))
        if plain.split():
            self.words[str(self.paragraphs)] = " ".join(plain.split())

    def enter(self, piece: Cited, is_inline: bool = False) -> str:
        """The number of a piece in the paragraph that was begun last; `is_inline`: in one of the template's."""
        number = str(len(self.entries) + 1)
        self.entries[number] = {
            "text": piece.text,
            "kalla": dict(piece.source),
            "stycke": 0 if is_inline else self.paragraphs,
        }
        return number

    def enter_alt(self, line: Line) -> None:
        sources = [{"text": piece.text, "kalla": dict(piece.source)} for piece in line if isinstance(piece, Cited)]
        self.alts.append({"text": text_of(line), "siffror": sources})

    def xml(self) -> bytes:
        """The provenance as the part that travels in the document."""
        element = Element("siffror", {"xmlns": NAMESPACE})
        content = {"version": VERSION, "mall": list(self.template), "siffror": self.entries}
        content |= {"bilder": self.alts, "ord": self.words}
        element.text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return bytes(tostring(element, encoding="utf-8", xml_declaration=True))


class NoProvenance(ValueError):
    """A document's provenance is missing or can't be read; the message is the end of a Swedish sentence."""


def read_provenance(parts: Mapping[str, bytes]) -> dict[str, Any]:
    """The provenance of a finished document, as `Provenance.xml` wrote it. `parts`: the document's XML parts by name.
    Raises NoProvenance."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    found = []
    for name, content in parts.items():
        if name.startswith("customXml/") and NAMESPACE.encode() in content:
            try:
                element = etree.fromstring(content, parser)
            except etree.XMLSyntaxError as fault:
                raise NoProvenance("förteckningen över siffrornas källor går inte att läsa") from fault
            if element.tag == f"{{{NAMESPACE}}}siffror":
                found.append(element.text or "")
    if len(found) != 1:
        raise NoProvenance(
            "förteckningen över siffrornas källor saknas" if not found else "det har två förteckningar"
        )
    try:
        provenance = json.loads(found[0])
    except ValueError as fault:
        raise NoProvenance("förteckningen över siffrornas källor går inte att läsa") from fault
    if not isinstance(provenance, dict) or provenance.get("version") != VERSION:
        raise NoProvenance("förteckningen över siffrornas källor är gjord av en annan version av lägesbilden")
    if not all(isinstance(provenance.get(key), kind) for key, kind in _PARTS.items()):
        raise NoProvenance("förteckningen över siffrornas källor är inte hel")
    return provenance
