"""A text file → its records, whatever its encoding and quoting; every record is a row, none is lost in silence.

Polars reads fast, and reads right where each line is a record of its own and quotes stand where they should. All
else (line breaks in quotes, stray quotes, lone carriage returns, rows wider than the headings) the csv module reads,
slower, as a spreadsheet would.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from assets.intake.refusal import UNREADABLE, Refused

SEPARATORS = (";", ",", "\t", "|")
_CHUNK, _BATCH = 1 << 20, 100_000
_SENTINEL = "\x1e"
_NEVER = "\x1f"
_C1 = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"}


@dataclass(frozen=True)
class Text:
    """A text file as UTF-8: where it lies or its bytes, and what of its form decides how it can be read."""

    source: Path | bytes
    quoted: bool
    lone_returns: bool

    def records(self, separator: str, *more: str) -> Iterator[list[str]]:
        """The records as the csv module reads them, and after them the lines `more`."""
        file = self.source.open("rb") if isinstance(self.source, Path) else io.BytesIO(self.source)
        with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as lines:
            csv.field_size_limit(1 << 31)
            yield from csv.reader(_followed(lines, more), delimiter=separator)


def _followed(lines: io.TextIOWrapper, more: tuple[str, ...]) -> Iterator[str]:
    last = "\n"
    for line in lines:
        yield (last := line)
    if more and not last.endswith(("\n", "\r")):
        yield "\n"
    yield from more


def open_text(path: Path) -> Text:
    """UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252. Raises UnicodeDecodeError on broken UTF-16."""
    with path.open("rb") as file:
        start = file.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return _scanned(path.read_bytes().decode("utf-16").encode())
    try:
        return _scanned(path)
    except UnicodeDecodeError:
        # Latin-1 with the C1 range read as Windows-1252; its five unused bytes stay the controls they are.
        return _scanned(path.read_bytes().decode("latin-1").translate(_C1).encode())


def _scanned(source: Path | bytes) -> Text:
    """Looks through the whole of it once, piece by piece. Raises UnicodeDecodeError where it isn't UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    quoted, returns, line_ends, last = False, 0, 0, b""
    with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as file:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
            quoted = quoted or b'"' in chunk
            returns += chunk.count(b"\r")
            line_ends += chunk.count(b"\r\n") + (last == b"\r" and chunk[:1] == b"\n")
            last = chunk[-1:]
        decoder.decode(b"", final=True)
    return Text(source, quoted, lone_returns=returns > line_ends)


def read_all(text: Text, separator: str, width: int) -> pl.DataFrame:
    """Every record, as text columns in their order. `width`: how many there should be at the least."""
    try:
        if not text.lone_returns and (not text.quoted or _quotes_well(text, separator)):
            return _read_fast(text, separator, width)
    except pl.exceptions.PolarsError:
        pass  # a row is wider than that, or holds the separator that none should
    return _read_slowly(text, separator, width)


def _read_fast(text: Text, separator: str, width: int, quote: str | None = '"') -> pl.DataFrame:
    return pl.read_csv(
        text.source,
        has_header=False,
        separator=separator,
        quote_char=quote if text.quoted else None,
        schema=_columns(width),
        missing_columns="insert",
        extra_columns="raise",
        infer_schema=False,
    )


def _quotes_well(text: Text, separator: str) -> bool:
    """Whether each line is a record of its own whose quotes open and close whole cells."""
    part = re.escape(separator)
    cell = rf'(?:[^"{part}]*|"(?:[^"]|"")*")'
    record = rf"^{cell}(?:{part}{cell})*$"
    lines = _read_fast(text, _NEVER, 1, quote=None).to_series()
    return bool(lines.str.contains(record).all())


def _read_slowly(text: Text, separator: str, width: int) -> pl.DataFrame:
    """Batch by batch, so that a large file isn't all in Python's hands at once."""
    records = text.records(separator, f"{_SENTINEL}\n")
    batches, last = [], None
    while rows := list(islice(records, _BATCH)):
        last = rows[-1]
        widest = max(width, *map(len, rows))
        padded = [row + [None] * (widest - len(row)) for row in rows]
        batches.append(pl.DataFrame(padded, schema=_columns(widest), orient="row"))
    if last != [_SENTINEL]:  # a quote that never ends has swallowed the rest of the file
        raise Refused(UNREADABLE)
    return pl.concat(batches, how="diagonal").head(-1)


def _columns(number: int) -> dict[str, type[pl.String]]:
    return {f"column_{n}": pl.String for n in range(1, number + 1)}
