"""The one place where characters that can't be shown are replaced.

XML can't hold control characters, U+FFFE, U+FFFF and lone surrogates. An accessible PDF (PDF/UA) may not hold a
character that none of its fonts has: an emoji, Chinese, or the private signs that Word uses for bullets.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from assets.publication.document.chapters.outline import Document
from assets.publication.document.model import Block, Chapter, Cited, Line, Picture, Piece, Table, pieces_of

COMMON = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) | frozenset("\n\t–—’‘”“„•…−×≤≥→€□")
"""What the PDF's fonts are known to have."""

_BULLETS = frozenset("\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc")
"""The signs that Word's lists have in the fonts Symbol and Wingdings."""

_MISSING = "□"
_MAX_TRIED = 100
"""Different uncommon characters that are tried, at some 20 ms each; of more than that none is shown."""

_WITHOUT_GLYPHS = (range(0x2E80, 0xD800), range(0xF900, 0xFB00), range(0x1F000, 0x40000))
"""East Asian scripts and emoji, which no font of the PDF has: not worth a try."""


def printable(document: Document) -> tuple[Document, int]:
    """The document with every character that can't be shown replaced, and how many they were.

    A bullet of Word's becomes •, white space a blank, a control character nothing, any other □.
    """
    pieces = _pieces(document)
    texts = [piece.text for piece in pieces]
    sources = [text for piece in pieces if isinstance(piece, Cited) for text in map(str, piece.source.values())]
    uncommon = {sign for text in (*texts, *sources) for sign in text} - COMMON
    replaced = {sign: _replacement(sign) for sign in uncommon - _printable(frozenset(uncommon))}
    if not replaced:
        return document, 0
    number = sum(text.count(sign) for text in texts for sign in replaced)
    return _document_with(document, str.maketrans(replaced)), number


def _replacement(sign: str) -> str:
    if sign in _BULLETS:
        return "•"
    if sign.isspace():
        return " "
    is_control = ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0
    return "" if is_control else _MISSING


@cache
def _printable(signs: frozenset[str]) -> frozenset[str]:
    """Those of the characters that XML can hold and that a font of the PDF has."""
    possible = sorted(sign for sign in signs if _is_xml(sign) and not any(ord(sign) in r for r in _WITHOUT_GLYPHS))
    return frozenset(with_glyphs(possible) if len(possible) <= _MAX_TRIED else ())


def _is_xml(sign: str) -> bool:
    """Whether XML 1.0 can hold it, and it is no C1 control character, which no font shows."""
    code = ord(sign)
    return 0xA0 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


def with_glyphs(signs: list[str]) -> list[str]:
    """Those of the characters that some font of the PDF has. Found by halves: what sets the PDF says only that a text
    has some character without a glyph."""
    if not signs or _can_be_set(signs):
        return signs
    if len(signs) == 1:
        return []
    middle = len(signs) // 2
    return with_glyphs(signs[:middle]) + with_glyphs(signs[middle:])


def _can_be_set(signs: Iterable[str]) -> bool:
    import typst

    source = '#set document(title: "x")\n#for sign in sys.inputs.signs.split(" ") { par(sign) }'
    try:
        typst.compile(
            source.encode(), sys_inputs={"signs": " ".join(signs)}, ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
    except typst.TypstError:
        return False
    return True


def _pieces(document: Document) -> list[Piece]:
    pieces: list[Piece] = [document.name]
    for chapter in document.chapters:
        pieces += chapter.title
        for block in chapter.blocks:
            pieces += pieces_of(block)
    return pieces


def _document_with(document: Document, replaced: Mapping[int, str]) -> Document:
    name = replace(document.name, text=document.name.text.translate(replaced))
    return replace(
        document, name=name, chapters=tuple(_chapter_with(chapter, replaced) for chapter in document.chapters)
    )


def _chapter_with(chapter: Chapter, replaced: Mapping[int, str]) -> Chapter:
    blocks = tuple(_block_with(block, replaced) for block in chapter.blocks)
    return replace(chapter, title=_line_with(chapter.title, replaced), blocks=blocks)


def _block_with(block: Block, replaced: Mapping[int, str]) -> Block:
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(_line_with(cell, replaced) for cell in row) for row in block.rows))
    if isinstance(block, Picture):
        return replace(block, alt=_line_with(block.alt, replaced))
    return replace(block, line=_line_with(block.line, replaced))


def _line_with(pieces: Line, replaced: Mapping[int, str]) -> Line:
    return tuple(_piece_with(piece, replaced) for piece in pieces)


def _piece_with(piece: Piece, replaced: Mapping[int, str]) -> Piece:
    """Its source too, which travels in the document and may hold a name from a register."""
    text = piece.text.translate(replaced)
    if not isinstance(piece, Cited):
        return replace(piece, text=text)
    source = {
        key: value.translate(replaced) if isinstance(value, str) else value for key, value in piece.source.items()
    }
    return replace(piece, text=text, source=source)
