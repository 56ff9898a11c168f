"""The ledger: what supports each number of a Word document. It travels in the document, as a custom XML part, and
each text it supports stands in a content control whose tag is its number in the ledger."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, tostring

from assets.publication.document.model import Backed, Line, Plain, text_of

NAMESPACE = "urn:lagesbild:siffror"
TAG = "siffra-"
VERSION = 1
"""How the ledger is written. A document in the diary is older than the program that checks it."""
MARK = "_siffra_"
"""A hidden bookmark around the same text: older LibreOffice keeps bookmarks, but not the tags of controls."""


@dataclass
class Ledger:
    """`entries`: number → its text, its source and the paragraph it stands in (0: one of the
    template's). `words`: paragraph → its own words. `alts`: the pictures' alternative
    texts, with the sources of their numbers. `template`: the template's own paragraphs."""

    template: Sequence[str] = ()
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    alts: list[dict[str, Any]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    paragraphs: int = 0

    def begin(self, line: Line = ()) -> None:
        """A new paragraph, or row of a table."""
        self.paragraphs += 1
        plain = "".join(piece.text for piece in line if isinstance(piece, Plain))
        if len(plain.split()) > 1:
            self.words[str(self.paragraphs)] = " ".join(plain.split())

    def enter(self, piece: Backed, is_inline: bool = False) -> str:
        """The number of a piece in the paragraph that was begun last; `is_inline`: in one of the template's."""
        number = str(len(self.entries) + 1)
        self.entries[number] = {
            "text": piece.text,
            "kalla": dict(piece.source),
            "stycke": 0 if is_inline else self.paragraphs,
        }
        return number

    def enter_alt(self, line: Line) -> None:
        sources = [{"text": piece.text, "kalla": dict(piece.source)} for piece in line if isinstance(piece, Backed)]
        self.alts.append({"text": text_of(line), "siffror": sources})

    def xml(self) -> bytes:
        element = Element("siffror", {"xmlns": NAMESPACE})
        told = {"version": VERSION, "mall": list(self.template), "siffror": self.entries}
        told |= {"bilder": self.alts, "ord": self.words}
        element.text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return bytes(tostring(element, encoding="utf-8", xml_declaration=True))
