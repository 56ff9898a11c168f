"""A file of receipts, which says of itself whether it is whole, and a list of the files that there should be.

    receipts/<organisation>.jsonl   a line with the number and the SHA-256 of the rest, then one line per delivery
    receipts/counts.json            organisation → how many receipts its file holds

So a file that is empty, cut or gone is never taken for an organisation that has delivered nothing.
"""

import hashlib
import json
import re
from io import BytesIO
from pathlib import Path

import polars as pl

from assets.atomic import atomic_write
from assets.damaged import ENDING

COUNTS = "counts.json"
_EARLIER = b'{"name":'
"""How a file begins that an earlier version wrote."""

_HEAD = re.compile(rb'\{"receipts":(\d+),"sha256":"([0-9a-f]{64})"\}')


class DamagedReceipts(ValueError):
    """The file isn't what was written. `lines`: how many receipts it must have held, as far as it shows."""

    def __init__(self, lines: int) -> None:
        super().__init__("damaged receipts")
        self.lines = lines


def read_receipts(path: Path, schema: pl.Schema) -> pl.DataFrame:
    """The receipts of the file. Raises DamagedReceipts, and FileNotFoundError where there is none.

    A file of an earlier version has no first line of its own; it must at least begin and end as it should.
    """
    content = path.read_bytes()
    first, _, rest = content.partition(b"\n")
    head = _HEAD.fullmatch(first)
    lines = content.count(b"\n") + (not content.endswith(b"\n"))
    if head:
        lines = int(head[1])
        is_intact = (rest.count(b"\n"), hashlib.sha256(rest).hexdigest()) == (lines, head[2].decode())
    else:
        rest, is_intact = content, content.startswith(_EARLIER) and content.endswith(b"\n")
    if not is_intact:
        raise DamagedReceipts(lines)
    try:
        return pl.read_ndjson(BytesIO(rest), schema=schema) if rest else pl.DataFrame(schema=schema)
    except (ValueError, pl.exceptions.PolarsError):
        raise DamagedReceipts(lines) from None


def write_receipts(path: Path, receipts: pl.DataFrame) -> None:
    """Writes the file in one step, and then its number into the list."""
    buffer = BytesIO()
    receipts.write_ndjson(buffer)
    rest = buffer.getvalue()
    digest = hashlib.sha256(rest).hexdigest()
    head = f'{{"receipts":{receipts.height},"sha256":"{digest}"}}\n'
    with atomic_write(path) as draft:
        draft.write_bytes(head.encode() + rest)
    counts = read_counts(path.parent)
    if counts.get(path.stem) != receipts.height:
        write_counts(path.parent, counts | {path.stem: receipts.height})


def read_counts(folder: Path) -> dict[str, int]:
    """The list of the files that there should be; empty where it is gone or damaged, for it is written anew."""
    return _counts(folder) or {}


def write_counts(folder: Path, counts: dict[str, int]) -> None:
    """Writes the list of the files that there should be, in one step."""
    with atomic_write(folder / COUNTS) as draft:
        draft.write_text(json.dumps(counts, sort_keys=True), encoding="utf-8")


def has_damaged_counts(folder: Path) -> bool:
    """Whether the list is there and isn't what is written as one."""
    return _counts(folder) is None


def _counts(folder: Path) -> dict[str, int] | None:
    """The list; empty where there is none, None where its content is another."""
    try:
        counts = json.loads((folder / COUNTS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError):
        return None
    if not isinstance(counts, dict) or not all(type(count) is int for count in counts.values()):
        return None
    return counts


def strays(folder: Path, known: re.Pattern[str]) -> list[Path]:
    """What lies in the folder and is no file of receipts; what was set aside is none of it."""
    return [
        path
        for path in sorted(folder.glob("*"))
        if path.name != COUNTS
        and not (path.suffix == ".jsonl" and known.fullmatch(path.stem))
        and not path.name.startswith(".")
        and ENDING not in path.name
    ]
