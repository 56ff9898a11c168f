"""Blocks made of what people have written in Markdown. The text itself is the source of its numbers; HTML stays as
text."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assets.limits import LimitExceeded, run_limited
from assets.publication.document.model import Block, Cited, Heading, Line, Paragraph, Piece, Text, has_number, line
from assets.settings import Limits

if TYPE_CHECKING:
    from markdown_it.token import Token

_NUMBERS = re.compile(r"(\S*[^\W\D]\S*)")
_SHORT = 10_000
"""Characters that can be read in no more than a moment, whatever they are."""
_CONTAINERS = ("blockquote_open", "bullet_list_open", "list_item_open", "ordered_list_open")
_CHAPTER = re.compile(r"\s*(\d+(?:\.\d+)*)")


class TooDeep(ValueError):
    """Quotations and lists stand so deep in each other that their parser drops what is in them."""


def by_chapter(
    texts: Mapping[str, str], chapters: set[str], limits: Limits
) -> tuple[dict[str, list[Block]], list[str]]:
    """Chapter → its blocks, and remarks on texts that fit no chapter or can't be read within the limits. A key of
    `texts` may carry words after its chapter's number."""
    placed: dict[str, list[Block]] = {}
    remarks = []
    for key in sorted(texts):
        found = _CHAPTER.match(key)
        number = found[1] if found else ""
        if number not in chapters:
            remarks.append(f"Texten ”{key}” hör inte till något kapitel i dokumentet och kom inte med.")
            continue
        try:
            blocks = _read(texts[key], number, limits)
            placed.setdefault(number, []).extend(blocks)
        except LimitExceeded:
            remarks.append(f"Texten ”{key}” gick inte att läsa inom rimlig tid och kom inte med.")
        except TooDeep:
            remarks.append(f"Texten ”{key}” har citat eller listor i för många nivåer och kom inte med.")
    return placed, remarks


def _read(text: str, chapter: str, limits: Limits) -> list[Block]:
    """The text's blocks. A long one is read in a child process: some nested marks take time by its length squared."""
    if len(text) <= _SHORT:
        return blocks_of(text, chapter)
    return run_limited(blocks_of, text, chapter, memory=limits.memory, seconds=limits.seconds)


def blocks_of(text: str, chapter: str) -> list[Block]:
    """The text's blocks, with its paragraphs as sources of its numbers. Raises TooDeep."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).disable(["image"])
    tokens = parser.parse(text)
    deepest = max((token.level for token in tokens if token.type in _CONTAINERS), default=0)
    if deepest + 1 >= parser.options.maxNesting:
        raise TooDeep
    return list(_blocks(tokens, chapter))


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
            written = _inline(token.children, source) if token.children is not None else _cited(token.content, source)
            if heading:
                yield Heading(written, chapter.count(".") + 2)
            elif is_first and lists and lists[-1] is not None:
                yield Paragraph(line(Cited(f"{lists[-1]}.", source), " ", written), "numbered")
            else:
                yield Paragraph(written, "bullet" if is_first and lists else "text")
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
        pieces.extend(_cited(text, source, bool(bold), bool(italic)))
    return tuple(pieces)


def _cited(text: str, source: Mapping[str, object], bold: bool = False, italic: bool = False) -> Line:
    """Words with a number in them carry their source, so that the words around them may be edited afterwards."""
    return tuple(
        Cited(part, source, bold, italic) if has_number(part) else Text(part, bold, italic)
        for part in _NUMBERS.split(text)
        if part
    )
