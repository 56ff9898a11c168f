"""Characters that XML can't hold are `_xHHHH_` in a workbook's texts, and an underscore that begins what looks so is
`_x005F_` (ISO/IEC 29500-1, ST_Xstring). The reader makes most of them what Excel shows; what it leaves is made here:
U+FFFE, U+FFFF, halves of surrogate pairs, and everything in a text that a formula has given."""

import re
import zipfile

from assets.intake.sheet_xml import Attributes, local_name, parse_part

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LEFT = "_x(?:[Ff]{3}[EeFf]|[Dd][89A-Fa-f][0-9A-Fa-f]{2})_"
_LEFT_IN_TEXT, _LEFT_IN_BYTES = re.compile(_LEFT), re.compile(_LEFT.encode())
_HALF = re.compile("[\ud800-\udfff]")
_NO_CHARACTER = "\uffff"
"""Stands for half a pair, which no text can hold: it is dropped and counted with its like."""
_PIECE, _LONGEST = 1 << 20, len("_xFFFF_")


def unescape(text: str) -> str:
    """The text of one run as Excel shows it."""
    units = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    joined = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _HALF.sub(_NO_CHARACTER, joined)


def is_left_by_reader(text: str) -> bool:
    """Whether a run of text holds an escape that the reader leaves as it stands."""
    return _LEFT_IN_TEXT.search(text) is not None


def shared_texts(book: zipfile.ZipFile, part: str) -> dict[int, str]:
    """Of the texts that the cells share, those in which the reader leaves an escape, by their numbers."""
    if not _may_hold(book, part):
        return {}
    found: dict[int, str] = {}
    runs: list[str] = []
    number, in_text, in_reading = -1, False, False

    def start(name: str, _: Attributes) -> None:
        nonlocal number, in_text, in_reading
        match local_name(name):
            case "si":
                number += 1
                runs.clear()
            case "rPh":  # how it is read aloud
                in_reading = True
            case "t" if not in_reading:
                in_text = True
                runs.append("")

    def end(name: str) -> None:
        nonlocal in_text, in_reading
        match local_name(name):
            case "t":
                in_text = False
            case "rPh":
                in_reading = False
            case "si" if any(map(is_left_by_reader, runs)):
                found[number] = "".join(map(unescape, runs))

    def text(content: str) -> None:
        if in_text:
            runs[-1] += content

    with book.open(part) as stream:
        parse_part(stream, start, end, text)
    return found


def _may_hold(book: zipfile.ZipFile, part: str) -> bool:
    """Looked for in the bytes: nearly no workbook has any."""
    with book.open(part) as stream:
        end = b""
        while piece := stream.read(_PIECE):
            if _LEFT_IN_BYTES.search(end + piece):
                return True
            end = piece[1 - _LONGEST :]
    return False
