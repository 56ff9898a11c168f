"""What lies in the inbox and in what is fetched, in a word: so that one can tell whether anything has come."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assets.atomic import atomic_write
from assets.intake.fetching.state import FOLDER, taken_in_note


def fingerprint(*folders: Path) -> str:
    """A hash of every file below the folders: its place there, size and time. A file that vanishes meanwhile counts
    as gone; what fetching keeps for itself doesn't count."""
    digest = hashlib.sha256()
    for number, folder in enumerate(folders):
        for path in sorted(folder.rglob("*")):
            place = path.relative_to(folder)
            try:
                stat = path.stat()
            except OSError:
                continue
            if path.is_file() and place.parts[0] != FOLDER:
                digest.update(json.dumps([number, place.as_posix(), stat.st_size, stat.st_mtime_ns]).encode())
    return digest.hexdigest()


@contextmanager
def noting_taken_in(fetched: Path) -> Iterator[None]:
    """Notes what was fetched when the block began, when it has ended well: a night takes it in there. Does nothing
    where nothing is fetched."""
    found = fingerprint(fetched)
    yield
    if fetched.exists():
        with atomic_write(taken_in_note(fetched)) as draft:
            draft.write_text(found, encoding="ascii")


def taken_in(fetched: Path) -> str | None:
    """The fingerprint of what was fetched as the last night took it in; None where no night has."""
    try:
        return taken_in_note(fetched).read_text(encoding="ascii")
    except OSError:
        return None
