"""A text file's bytes → UTF-8 that can be cut into lines, or a refusal: the encoding is shown by the bytes, never
assumed (docs/spec/interfaces.md, Reading a file).

Characters that no document can hold are dropped and counted, and lone carriage returns become line ends.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from assets.intake.refusal import Refused
from assets.intake.unholdable import drop_from_bytes, may_hold
from assets.registers.refusal_reasons import MIXED_ENCODINGS, UNREADABLE

_CHUNK = 1 << 20
_UNUSED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""The bytes to which Windows-1252 gives no character."""
_MARKS_IN_WORDS = re.compile(rb"(?<=[A-Za-z])[\x80\x82-\x84\x86-\x8c\x8e\x94\x98-\x9c\x9e](?=[A-Za-z])")
"""Windows-1252 has marks and foreign letters here, Mac Roman and the DOS code pages have å, ä and ö."""
_SWEDISH = re.compile(rb"[\xe5\xe4\xf6\xc5\xc4\xd6]")
_MAX_NUL_SHARE = 20
_CUT = (b"\xc2", b"\xc3", b"\xe2", b"\xe2\x80")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_TWICE = re.compile("|".join(f"\u00c3{second}" for second in "¥¤¶\x85\x84\x96…„–©¼").encode())
_SWEDISH_SEQUENCE = re.compile(rb"\xc3[\xa5\xa4\xb6\x85\x84\x96\xa9\xbc]")
"""A letter of two bytes read as two letters and written as UTF-8 again: `Ã¥`."""


@dataclass(frozen=True)
class Text:
    """A text file as UTF-8: where it lies or its bytes, and what of its form decides how it can be read. `dropped`:
    how many characters no document can hold."""

    source: Path | bytes
    quoted: bool
    ended: bool
    dropped: int = 0


def open_text(path: Path) -> Text:
    """The file as UTF-8. Raises Refused, with the first place, where its bytes are no one encoding's; and
    UnicodeDecodeError on broken UTF-16."""
    scanned = _scan(path)
    if scanned:
        return scanned
    content = path.read_bytes()
    if content.startswith(codecs.BOM_UTF32_LE):
        raise Refused(UNREADABLE)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16").encode()
    else:
        content = content.removeprefix(codecs.BOM_UTF8)
        try:
            content.decode()
        except UnicodeDecodeError as fault:
            content = _from_windows(content, fault.start)
        if place := _TWICE.search(content):
            raise Refused(MIXED_ENCODINGS.format(row=_row(content, place.start())))
        if content.count(0) * _MAX_NUL_SHARE > len(content):
            raise Refused(UNREADABLE)  # UTF-16 or UTF-32 that doesn't say so, or no text at all
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    content, dropped = drop_from_bytes(content)
    return Text(content, b'"' in content, content.endswith(b"\n"), dropped)


def _from_windows(content: bytes, first: int) -> bytes:
    """Windows-1252 as UTF-8. `first`: where it stops being UTF-8."""
    sequences = len(_SEQUENCE.findall(content))
    others = len(re.findall(rb"[\x80-\xff]", _SEQUENCE.sub(b"", content)))
    twice = _SEQUENCE.search(content)
    likely = _SWEDISH_SEQUENCE.search(content)
    if sequences >= others and twice:
        raise Refused(MIXED_ENCODINGS.format(row=_row(content, first)))
    marks = _MARKS_IN_WORDS.findall(content)
    implausible = _UNUSED.search(content) or (
        _MARKS_IN_WORDS.search(content) if len(marks) > len(_SWEDISH.findall(content)) else None
    )
    place = implausible or likely
    if place or content.endswith(_CUT):
        raise Refused(MIXED_ENCODINGS.format(row=_row(content, place.start() if place else len(content))))
    return content.decode("cp1252").encode()


def _row(content: bytes, place: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", content[:place])) + 1


def _scan(path: Path) -> Text | None:
    """The file as it lies where it can be read so: clean UTF-8 with ordinary line ends. Reads it once, in pieces."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    quoted, returns, line_ends, last = False, 0, 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return None
            joined = last + chunk
            if may_hold(joined) or _TWICE.search(joined):
                return None
            quoted = quoted or b'"' in chunk
            returns += chunk.count(b"\r")
            line_ends += chunk.count(b"\r\n") + (last[-1:] == b"\r" and chunk[:1] == b"\n")
            last = chunk[-8:]
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return None if returns > line_ends else Text(path, quoted, last.endswith(b"\n"))
