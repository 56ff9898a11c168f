"""The document as a tagged PDF (PDF/UA), made by typst alone."""

import json
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from assets.publication.document.chapters.outline import Document
from assets.publication.document.layout import SHORT_TABLE, fitted_widths, with_leads
from assets.publication.document.model import Block, Chapter, Field, Heading, Line, Paragraph, Piece, Table, text_of

_SOURCE = Path(__file__).with_name("dokument.typ")


def pdf_of(document: Document, day: date) -> bytes:
    """The document as PDF, the same bytes for the same document and day. Raises TypstError where a text holds a
    character that no font has (see `printable`)."""
    import typst

    content = {
        "title": document.title,
        "name": document.name.text,
        "year": document.year.text,
        "day": document.day.text,
        "blocks": [block for chapter in document.chapters for block in _chapter(chapter)],
    }
    made: bytes = typst.compile(
        _SOURCE,
        sys_inputs={"dokument": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(datetime.combine(day, time(12), UTC).timestamp()),
    )
    return made


def _chapter(chapter: Chapter) -> list[dict[str, Any]]:
    found = [{"kind": "heading", "level": chapter.level, "outlined": True, "line": _line(chapter.heading)}]
    # a form and the line on which it is signed hold together by themselves (dokument.typ)
    if chapter.new_page and not any(isinstance(block, Table) and block.is_form for block in chapter.blocks):
        found.insert(0, {"kind": "new page"})
    for kind, group in groupby(with_leads(chapter.blocks), key=_list_kind):
        blocks = list(group)
        found += [_list(kind, blocks)] if kind else [_block(block) for block in blocks]
    return found


def _list_kind(block: Block) -> str:
    return block.kind if isinstance(block, Paragraph) and block.kind in ("bullet", "numbered") else ""


def _list(kind: str, blocks: list[Block]) -> dict[str, Any]:
    lines = [block.line for block in blocks if isinstance(block, Paragraph)]
    if kind == "bullet":
        return {"kind": kind, "items": [_line(line) for line in lines]}
    return {"kind": kind, "items": [{"number": line[0].text, "line": _line(line[2:])} for line in lines]}


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": min(block.level, 6), "outlined": False, "line": _line(block.line)}
    if isinstance(block, Table):
        rows = [[_line(cell) for cell in row] for row in block.rows]
        return {
            "kind": "table",
            "head": block.head,
            "rows": rows,
            "widths": fitted_widths(block),
            "form": block.is_form,
            "short": len(rows) <= SHORT_TABLE,
        }
    if isinstance(block, Paragraph):
        return {"kind": block.kind, "line": _line(block.line)}
    return {"kind": "picture", "svg": block.svg, "alt": text_of(block.alt)}


def _line(pieces: Line) -> list[dict[str, Any]]:
    return [
        {"text": _printed(piece), "bold": piece.bold, "italic": piece.italic, "blank": isinstance(piece, Field)}
        for piece in pieces
    ]


def _printed(piece: Piece) -> str:
    """Its text; on paper a blank is blank."""
    return "" if isinstance(piece, Field) else piece.text
