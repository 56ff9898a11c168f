"""The bytes of deliveries as they came, or sealed: the only place with personal data.

raw/<sha>, raw/<sha>.age   the bytes in clear or sealed to a key
unread/<sha>               beside sealed bytes, the same in clear until they have been read
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from assets.atomic import atomic_write, new_draft, replace
from assets.checksums import is_as_written
from assets.damaged import set_aside
from assets.intake.inbox import open_file
from assets.intake.seal import IdentityMissing, seal, unseal
from assets.intake.sources.unpack import GZIP, unpack_gzip, unpack_member


@dataclass(frozen=True)
class RawBytes:
    """`root`: the archive's folder; `seal_to`: the age recipient that the bytes are sealed to; `identity`: the file
    with the secret for it."""

    root: Path
    seal_to: str | None = None
    identity: Path | None = None

    def raw(self, sha256: str) -> Path:
        return self.root / "raw" / sha256[:2] / sha256

    def sealed(self, sha256: str) -> Path:
        return self.raw(sha256).with_suffix(".age")

    def unread(self, sha256: str) -> Path:
        return self.root / "unread" / sha256

    def has_bytes(self, sha256: str) -> bool:
        """Whether the bytes are there, in clear or sealed."""
        return self.is_in_clear(sha256) or self.sealed(sha256).exists()

    def is_in_clear(self, sha256: str) -> bool:
        return self.unread(sha256).exists() or self.raw(sha256).exists()

    @contextmanager
    def open_bytes(self, sha256: str) -> Iterator[Path]:
        """A path to the bytes in clear; what had to be unsealed for it goes with the block. Raises
        IdentityMissing."""
        for path in (self.unread(sha256), self.raw(sha256)):
            if path.exists():
                yield path
                return
        if not self.sealed(sha256).exists():
            yield self.raw(sha256)
            return
        if self.identity is None:
            raise IdentityMissing("Arkivet är förseglat: ange nyckelfilen i LAGESBILD_IDENTITY.")
        draft = new_draft(self.unread(sha256))
        draft.parent.mkdir(exist_ok=True)
        try:
            unseal(self.sealed(sha256), draft, self.identity)
            yield draft
        finally:
            draft.unlink(missing_ok=True)

    def seal_all(self) -> None:
        """Leaves no raw bytes in clear, where they are to be sealed. To be called when all have been read."""
        if self.seal_to:
            for path in (self.root / "raw").glob("*/*"):
                if not path.suffix and not path.name.startswith("."):
                    self._seal(path, path.name)
                    path.unlink()
        shutil.rmtree(self.root / "unread", ignore_errors=True)

    def _seal(self, source: Path, sha256: str) -> None:
        assert self.seal_to
        if not self.sealed(sha256).exists():
            with atomic_write(self.sealed(sha256)) as draft:
                seal(source, draft, self.seal_to)

    def remove_bytes(self, sha256: str) -> None:
        for path in (self.unread(sha256), self.raw(sha256), self.sealed(sha256)):
            path.unlink(missing_ok=True)

    def is_intact_raw(self, sha256: str) -> bool:
        """Whether the bytes are there and are those that came; what is sealed is checked when it is opened."""
        in_clear = [path for path in (self.unread(sha256), self.raw(sha256)) if path.exists()]
        return any(is_as_written(path, [sha256]) for path in in_clear) or (
            not in_clear and self.sealed(sha256).exists()
        )

    def has_intact_raw(self, sha256: str) -> bool:
        """The same; bytes that aren't those that came are set aside."""
        for path in (self.unread(sha256), self.raw(sha256)):
            if path.exists() and not is_as_written(path, [sha256]):
                set_aside(path, "bytena är inte de som kom")
        return self.is_intact_raw(sha256)

    def store(self, source: Path, member: str | None = None, *, unpacks: bool = False) -> str | None:
        """Keeps the bytes of a file and gives their SHA-256; None where it changed while it was read. `member`: of an
        archive, whose bytes are kept alone; `unpacks`: of a .gz what it packs is kept. Raises Refused where it can't
        be unpacked."""
        digest = hashlib.sha256()
        draft = new_draft(self.root / "raw" / "arriving")
        draft.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            draft.touch(mode=0o600)
            with open_file(source, source.parent) as file, draft.open("wb") as copy:
                before = os.fstat(file.fileno())
                target = _Hashed(copy, digest)
                if member is not None:
                    unpack_member(file, member, target)
                elif unpacks and source.name.lower().endswith(GZIP):
                    unpack_gzip(file, target)
                else:
                    shutil.copyfileobj(file, target, 1 << 20)
            after = source.stat()
            if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                return None
            sha256 = digest.hexdigest()
            if self.seal_to:
                self._seal(draft, sha256)
            kept = self.unread(sha256) if self.seal_to else self.raw(sha256)
            kept.parent.mkdir(exist_ok=True, mode=0o700)
            replace(draft, kept)
        finally:
            draft.unlink(missing_ok=True)
        return sha256


class _Hashed:
    """A file to write to that hashes what is written."""

    def __init__(self, file: IO[bytes], digest: "hashlib._Hash") -> None:
        self._file, self._digest = file, digest

    def write(self, piece: bytes, /) -> int:
        self._digest.update(piece)
        return self._file.write(piece)
