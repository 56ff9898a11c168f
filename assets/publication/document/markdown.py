"""What people have written in Markdown → blocks. Their numbers are backed by the text itself; HTML stays as text."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assets.publication.document.model import Backed, Block, Heading, Line, Paragraph, Piece, Plain, has_number, say

if TYPE_CHECKING:
    from markdown_it.token import Token

_NUMBERS = re.compile(r"(\S*[^\W\D]\S*)")
_CHAPTER = re.compile(r"\s*(\d+(?:\.\d+)*)")


def by_chapter(texts: Mapping[str, str], chapters: set[str]) -> tuple[dict[str, list[Block]], list[str]]:
    """Chapter → its blocks, and what fits no chapter, in sentences. A key may carry words after its number."""
    placed: dict[str, list[Block]] = {}
    remarks = []
    for key in sorted(texts):
        found = _CHAPTER.match(key)
        number = found[1] if found else ""
        if number in chapters:
            placed.setdefault(number, []).extend(blocks_of(texts[key], number))
        else:
            remarks.append(f"Texten ”{key}” hör inte till något kapitel i dokumentet och kom inte med.")
    return placed, remarks


def blocks_of(text: str, chapter: str) -> list[Block]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).disable(["image"])
    return list(_blocks(parser.parse(_printable(text)), chapter))


def _blocks(tokens: "list[Token]", chapter: str) -> Iterator[Block]:
    lists: list[int | None] = []
    is_first, heading, place = False, 0, 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(None if token.type.startswith("bullet") else int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            is_first = True
        elif token.type == "list_item_close" and lists[-1] is not None:
            lists[-1] += 1
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "heading_close":
            heading = 0
        elif token.type in ("inline", "code_block", "fence"):
            place += 1
            source = {"text": chapter, "stycke": place}
            line = _inline(token.children, source) if token.children is not None else _backed(token.content, source)
            if heading:
                yield Heading(line, chapter.count(".") + 2)
            elif is_first and lists and lists[-1] is not None:
                yield Paragraph(say(Backed(f"{lists[-1]}.", source), " ", line), "numbered")
            else:
                yield Paragraph(line, "bullet" if is_first and lists else "text")
            is_first = False


def _inline(tokens: "list[Token]", source: Mapping[str, object]) -> Line:
    bold = italic = 0
    link = ""
    pieces: list[Piece] = []
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        text = token.content
        if token.type == "link_open":
            link = str(token.attrs.get("href", ""))
        elif token.type == "link_close" and link not in "".join(piece.text for piece in pieces):
            text = f" ({link})"
        elif token.type in ("softbreak", "hardbreak"):
            text = " " if token.type == "softbreak" else "\n"
        pieces.extend(_backed(text, source, bool(bold), bool(italic)))
    return tuple(pieces)


def _backed(text: str, source: Mapping[str, object], bold: bool = False, italic: bool = False) -> Line:
    """Words with a number in them carry their source, so that the words around them may be edited afterwards."""
    return tuple(
        Backed(part, source, bold, italic) if has_number(part) else Plain(part, bold, italic)
        for part in _NUMBERS.split(text)
        if part
    )


def _printable(text: str) -> str:
    """Without the control characters that no document may hold."""
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable() or sign.isspace())
