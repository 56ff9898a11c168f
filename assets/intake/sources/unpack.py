"""A packed file → its members, within limits and without nesting."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from assets.intake.refusal import UNREADABLE, Refused

MAX_MEMBERS = 200
MAX_UNPACKED = 1_000_000_000
_PIECE = 1 << 20
PACKED = (".zip", ".gz")


def members(path: Path) -> list[str]:
    """The names of a zip's files, as they stand in it; hidden ones and folders are none. Raises Refused."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = [info.filename for info in packed.infolist() if not info.is_dir() and _is_file(info.filename)]
            size = sum(info.file_size for info in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refused(UNREADABLE) from None
    if len(names) > MAX_MEMBERS:
        raise Refused(f"filen packar fler än {MAX_MEMBERS} filer")
    if size > MAX_UNPACKED:
        raise Refused("filen är för stor när den packas upp")
    if any(PurePosixPath(name).suffix.lower() in PACKED for name in names):
        raise Refused("filen har packade filer i sig")
    return names


def unpack_member(path: Path, name: str, target: Path) -> None:
    """Writes one file of a zip, reading no more of it than the limit whatever its header says. Raises Refused."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open(name) as member:
            _copy(iter(lambda: member.read(_PIECE), b""), target)
    except (zipfile.BadZipFile, KeyError, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError):
        raise Refused(UNREADABLE) from None


def unpack_gzip(path: Path, target: Path) -> None:
    """Writes what a .gz packs. Raises Refused."""
    try:
        with gzip.open(path) as packed:
            _copy(iter(lambda: packed.read(_PIECE), b""), target)
    except (gzip.BadGzipFile, zlib.error, EOFError, OSError):
        raise Refused(UNREADABLE) from None


def _copy(pieces: Iterator[bytes], target: Path) -> None:
    left = MAX_UNPACKED
    with target.open("wb") as file:
        for piece in pieces:
            left -= len(piece)
            if left < 0:
                raise Refused("filen är för stor när den packas upp")
            file.write(piece)


def _is_file(name: str) -> bool:
    return not any(part.startswith((".", "__MACOSX", "~$")) for part in PurePosixPath(name).parts)
