"""The smallest parts of a Word document's XML: a run of text, and one that holds a picture."""

import re
from html import escape

from assets.publication.document.model import Piece

_PICTURE_WIDTH = 5_760_000
"""The text's width on an A4 page with margins of 2.5 cm, in EMU."""

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_KEPT = re.compile(r"\d{4}-\d\d-\d\d|\b[A-Z][A-Z0-9]*-\d+\b")
"""Dates and ids, which aren't parted between two lines."""

_TEXT, _TEXT_END = '<w:t xml:space="preserve">', "</w:t>"


def text_run(piece: Piece, style: str = "") -> str:
    """The text of a piece in its own looks. `style`: the element that names its character style."""
    looks = style + ("<w:b/>" if piece.bold else "") + ("<w:i/>" if piece.italic else "")
    lines = (_KEPT.sub(_unbroken, _text(row)) for row in piece.text.split("\n"))
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{'<w:br/>'.join(lines)}</w:r>"


def _unbroken(found: re.Match[str]) -> str:
    return found[0].replace("-", f"{_TEXT_END}<w:noBreakHyphen/>{_TEXT}")


def _text(words: str) -> str:
    return f"{_TEXT}{escape(words, quote=False)}{_TEXT_END}"


def drawing_run(number: int, relation: str, ratio: float, alt: str) -> str:
    """A picture as wide as the text. `number`: which of the document's it is; `relation`: the id of its file;
    `ratio`: its height by its width; `alt`: what is read aloud in its place."""
    size = f'cx="{_PICTURE_WIDTH}" cy="{round(_PICTURE_WIDTH * ratio)}"'
    description = escape(alt)
    a, pic = _DRAWING + "main", _DRAWING + "picture"
    return (
        "<w:r><w:drawing>"
        f'<wp:inline xmlns:wp="{_DRAWING}wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="Diagram" descr="{description}"/>'
        f'<a:graphic xmlns:a="{a}"><a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Diagram" descr="{description}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{_RELATIONS}" r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
