"""The archive: everything that was ever delivered, as it came and as it was read. It is the truth; all else
can be made again from it.

    raw/<sha>, raw/<sha>.age                 the bytes as they came or sealed: the only place with personal data
    unread/<sha>                             beside sealed bytes, the same in clear until they have been read
    read/<register>/<reading>/<sha>.<kind>/  rows.parquet and, where there are any, faults, rejected,
                                             protected, personal_numbers; SHA256SUMS says what they held
    receipts/<organisation>.jsonl            one line per delivery: who, what, when, and what reading it gave

`reading` names the contract's and the reader's version, so a changed contract reads again. Every file is
written under another name first and moved into place, and receipts last: a killed run leaves no half. It proves
itself: raw bytes are hashed before they are read, readings before they are loaded, receipts whenever they are read.
"""

import errno
import hashlib
import logging
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import polars as pl

from assets.atomic import atomic_write, move_folder, replace
from assets.checksums import SUMS, fits, read_sums, sha256_of, write_sums
from assets.damaged import set_aside
from assets.intake.apply_contract import ContractResult
from assets.intake.inbox import ORGANISATION, display_name, open_file
from assets.intake.lookup_key import LookupKey
from assets.intake.receipts import read_counts, read_receipts, strays, write_receipts
from assets.intake.seal import IdentityMissing, seal, unseal
from assets.intake.sources.read_source import SourceDelivery
from assets.intake.sources.unpack import GZIP, unpack_gzip, unpack_member
from assets.registers.contract import Register

logger = logging.getLogger("lagesbild.intake")

READER = "8"
"""Raise it when reading or parsing changes meaning: every delivery is then read again from its raw bytes."""

RECEIPT: dict[str, pl.DataType | type[pl.DataType]] = {
    "name": pl.String,
    "register": pl.String,
    "ending": pl.String,
    "dated": pl.Date,
    "sha256": pl.String,
    "size": pl.Int64,
    "arrivals": pl.List(pl.Struct({"day": pl.Date, "mtime_ns": pl.Int64, "order_ns": pl.Int64})),
    "reading": pl.String,
    "refusal": pl.String,
    "read": pl.Int64,
    "loaded": pl.Int64,
    "quarantined": pl.Int64,
    "duplicates": pl.Int64,
    "dropped_cells": pl.Int64,
    "notes": pl.Int64,
    "unknown": pl.List(pl.String),
    "missing": pl.List(pl.String),
    "purged": pl.Date,
    "folder": pl.String,
    "source": pl.String,
    "sequence": pl.String,
    "mapping": pl.String,
    "lookups": pl.List(pl.Struct({"column": pl.String, "target": pl.String})),
    "absent": pl.List(pl.String),
    "unexpected": pl.List(pl.String),
    "other_rows": pl.Int64,
    "other_organisations": pl.Int64,
    "words": pl.List(pl.Struct({"column": pl.String, "words": pl.List(pl.String)})),
    "near_headings": pl.List(pl.Struct({"row": pl.Int64, "text": pl.String, "meant": pl.String})),
}
"""One delivery: a file name with one content. `arrivals`: the days on which it newly came, the file's modification
time, and its place among what came: that time too, unless the same name had come with a later one. Without a
register it is a file that fits none, and is not kept. `purged`: the day on which its bytes were removed.

Where a source claims it: the `source`, its `sequence` (the glob that fits), the `folder` of the inbox in which the
file lay where that is another organisation's; and of the reading the hash of the `mapping`, its `lookups` (contract
column → `register.Column`), the columns that are `absent` as the source says or `unexpected` since it says so, the
counts of rows that are not this register's or of organisations that the source doesn't name, and of each column with
`words` that nothing maps their keyed hashes (sources/unread_words.py). `near_headings`: what a file that is refused
for its headings has in their place (near_headings.py)."""


MADE_BY_READING = (
    "refusal", "read", "loaded", "quarantined", "duplicates", "dropped_cells", "notes", "unknown", "missing",
    "mapping", "lookups", "absent", "unexpected", "other_rows", "other_organisations",
    "words", "near_headings",
)  # fmt: skip
"""The fields of a receipt that reading the delivery gives, and reading it anew replaces."""


def reading_of(register: Register, by: SourceDelivery | None = None) -> str:
    """What a delivery's reading hangs on, beside its bytes. `by`: the source that reads it, where one does."""
    return f"{register.version}-{READER}" + (f"-{by.reading}" if by else "")


class _Hashed:
    """A file to write to that hashes what is written."""

    def __init__(self, file: IO[bytes], digest: "hashlib._Hash") -> None:
        self._file, self._digest = file, digest

    def write(self, piece: bytes, /) -> int:
        self._digest.update(piece)
        return self._file.write(piece)


@dataclass(frozen=True)
class Archive:
    """`seal_to`: the age recipient that raw bytes are sealed to; `identity`: the file with the secret for it."""

    root: Path
    seal_to: str | None = None
    identity: Path | None = None

    def raw(self, sha256: str) -> Path:
        return self.root / "raw" / sha256[:2] / sha256

    @property
    def readings(self) -> Path:
        return self.root / "read"

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
        draft = self.root / "unread" / f".{secrets.token_hex(8)}.tmp"
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

    def read_folder(self, register: str, reading: str, sha256: str, ending: str) -> Path:
        return self.readings / register / reading / f"{sha256}{ending}"

    def has_raw(self, sha256: str) -> bool:
        return self.has_bytes(sha256)

    def is_whole_raw(self, sha256: str) -> bool:
        """Whether the bytes are there and are those that came; what is sealed is checked when it is opened."""
        in_clear = [path for path in (self.unread(sha256), self.raw(sha256)) if path.exists()]
        return any(fits(path, [sha256]) for path in in_clear) or (not in_clear and self.sealed(sha256).exists())

    def has_whole_raw(self, sha256: str) -> bool:
        """The same; bytes that aren't those that came are set aside."""
        for path in (self.unread(sha256), self.raw(sha256)):
            if path.exists() and not fits(path, [sha256]):
                set_aside(path, "bytena är inte de som kom")
        return self.is_whole_raw(sha256)

    def has_reading(self, receipt: Mapping[str, Any]) -> bool:
        place = (receipt["register"], receipt["reading"], receipt["sha256"], receipt["ending"])
        return (self.read_folder(*place) / SUMS).exists()

    def is_whole_reading(self, folder: Path) -> bool:
        """Whether every file of a reading holds what it was written with, and none is gone."""
        try:
            sums = read_sums(folder)
        except ValueError:
            return False
        return "rows.parquet" in sums and all(fits(folder / name, digests) for name, digests in sums.items())

    @property
    def lookup_key(self) -> LookupKey:
        """Kept beside the archive: what is hashed under it can be compared from reading to reading."""
        return LookupKey(self.root.parent / "keys" / "lookup.key")

    def organisations(self) -> list[str]:
        """Those that have receipts, or should have."""
        folder = self.root / "receipts"
        found = {path.stem for path in folder.glob("*.jsonl") if ORGANISATION.fullmatch(path.stem)}
        return sorted(found | read_counts(folder).keys())

    def receipts(self, organisation: str) -> pl.DataFrame:
        """The organisation's receipts; none where it has never delivered. Raises DamagedReceipts."""
        path = self.receipts_path(organisation)
        return read_receipts(path, pl.Schema(RECEIPT)) if path.exists() else pl.DataFrame(schema=RECEIPT)

    def write_receipts(self, organisation: str, receipts: pl.DataFrame) -> None:
        write_receipts(self.receipts_path(organisation), receipts)

    @staticmethod
    def as_receipts(lines: list[dict[str, Any]]) -> pl.DataFrame:
        return pl.DataFrame(lines, schema=RECEIPT)

    def receipts_path(self, organisation: str) -> Path:
        return self.root / "receipts" / f"{organisation}.jsonl"

    def tidy(self) -> None:
        """Removes what killed runs left half written, and names what isn't the archive's own."""
        for folder in ("raw", "receipts"):
            for left in (self.root / folder).glob(".*.tmp"):
                left.unlink()
        for path in strays(self.root / "receipts", ORGANISATION):
            logger.warning("archive/receipts/%s hör inte till arkivet och läses inte", display_name(path.name))

    def tidy_readings(self, places: Iterable[tuple[str, str]]) -> None:
        """Removes the half readings that killed runs left, of each register and reading."""
        for register, reading in places:
            for left in (self.readings / register / reading).glob(".*.tmp"):
                shutil.rmtree(left)

    def store(self, source: Path, member: str | None = None, *, unpacks: bool = False) -> str | None:
        """Keeps the bytes of a file and gives their SHA-256; None where it changed while it was read. `member`: of an
        archive, whose bytes are kept alone; `unpacks`: of a .gz what it packs is kept. Raises Refused where it can't
        be unpacked."""
        digest = hashlib.sha256()
        draft = self.root / "raw" / f".{secrets.token_hex(8)}.tmp"
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

    def expire(self, receipt: Mapping[str, Any], columns: Sequence[str]) -> None:
        """Empties columns of the delivery's reading."""
        place = (receipt["register"], receipt["reading"], receipt["sha256"], receipt["ending"])
        rows = self.read_folder(*place) / "rows.parquet"
        if columns and rows.exists():
            table = pl.read_parquet(rows)
            with atomic_write(rows) as draft:
                table.with_columns(pl.lit(None, table.schema[name]).alias(name) for name in columns).write_parquet(
                    draft
                )
                # the list knows both until the file has been replaced, whenever the run is killed
                sums = read_sums(rows.parent)
                write_sums(rows.parent, sums | {rows.name: [*sums.get(rows.name, ()), sha256_of(draft)]})

    def write(self, folder: Path, result: ContractResult) -> None:
        """Writes a reading, whole or not at all, with the checksums of its files."""
        tables: Mapping[str, pl.DataFrame] = {
            "rows": result.valid,
            "faults": result.failures,
            "rejected": result.quarantined,
            "protected": result.protected,
            "personal_numbers": result.personal_numbers,
        }
        draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.tmp")
        draft.mkdir(parents=True)
        try:
            for name, table in tables.items():
                if name == "rows" or not table.is_empty():
                    table.write_parquet(draft / f"{name}.parquet")
            write_sums(draft, {path.name: [sha256_of(path)] for path in draft.iterdir()})
            if folder.exists() and not self.is_whole_reading(folder):
                shutil.rmtree(folder)
            if not folder.exists():  # two deliveries may have the same content
                move_folder(draft, folder)
        except OSError as fault:
            if fault.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise  # else another has just made it
        finally:
            shutil.rmtree(draft, ignore_errors=True)
