"""A packed file → its members, within limits and without nesting."""

import gzip
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from assets.intake.refusal import Refused
from assets.registers.refusal_reasons import NESTED, TOO_LARGE_UNPACKED, TOO_MANY_MEMBERS, UNREADABLE

MAX_MEMBERS = 200
MAX_UNPACKED = 1_000_000_000
_MAX_DIRECTORY = 1 << 20
"""Bytes that the list of an archive's members may take: many times what so many members need."""
_PIECE = 1 << 20
ZIP, GZIP = ".zip", ".gz"
_NESTED = (ZIP, GZIP, ".7z", ".rar", ".bz2", ".xz", ".tar", ".tgz")
_TAIL, _TAIL_BYTES = b"PK\x05\x06", (1 << 16) + 22


class Target(Protocol):
    """What unpacked bytes are written to."""

    def write(self, piece: bytes, /) -> int: ...


def members(file: BinaryIO) -> list[str]:
    """The names of a zip's files, as they stand in it; hidden ones and folders are none. Raises Refused."""
    _refuse_long_directory(file)
    try:
        with zipfile.ZipFile(file) as packed:
            found = [info for info in packed.infolist() if not info.is_dir() and _is_file(info.filename)]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refused(UNREADABLE) from None
    if len(found) > MAX_MEMBERS:
        raise Refused(TOO_MANY_MEMBERS.format(most=MAX_MEMBERS))
    if sum(info.file_size for info in found) > MAX_UNPACKED:
        raise Refused(TOO_LARGE_UNPACKED)
    return list(dict.fromkeys(info.filename for info in found))


def unpack_member(file: BinaryIO, name: str, target: Target) -> None:
    """Writes one file of a zip, reading no more of it than the limit whatever its header says. Raises Refused."""
    if PurePosixPath(name).suffix.lower() in _NESTED:
        raise Refused(NESTED)
    _refuse_long_directory(file)
    try:
        with zipfile.ZipFile(file) as packed, packed.open(name) as member:
            _copy(member.read, target)
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, NotImplementedError, zlib.error, EOFError):
        raise Refused(UNREADABLE) from None


def unpack_gzip(file: BinaryIO, target: Target) -> None:
    """Writes what a .gz packs. Raises Refused."""
    try:
        with gzip.open(file) as packed:
            _copy(packed.read, target)
    except (gzip.BadGzipFile, zlib.error, EOFError):
        raise Refused(UNREADABLE) from None


def unpacked_name(name: str) -> str:
    """A file's name without the ending that says that it is packed by itself."""
    return name[: -len(GZIP)] if name.lower().endswith(GZIP) else name


def ending_of(name: str) -> str:
    """The ending that says how a file is read, of what it packs where it is packed by itself."""
    return Path(unpacked_name(name)).suffix.lower()


def _copy(read: Callable[[int], bytes], target: Target) -> None:
    left = MAX_UNPACKED
    while piece := read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise Refused(TOO_LARGE_UNPACKED)
        target.write(piece)


def _refuse_long_directory(file: BinaryIO) -> None:
    """Raises Refused where the archive lists more than it may, before the list is read: it is read whole."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _TAIL_BYTES))
    tail = file.read(_TAIL_BYTES)
    file.seek(0)
    place = tail.rfind(_TAIL)
    if place < 0 or len(tail) < place + 22:
        raise Refused(UNREADABLE)
    if int.from_bytes(tail[place + 12 : place + 16], "little") > _MAX_DIRECTORY:
        raise Refused(TOO_MANY_MEMBERS.format(most=MAX_MEMBERS))


def _is_file(name: str) -> bool:
    return not any(part.startswith((".", "__MACOSX", "~$")) for part in PurePosixPath(name).parts)
