"""The archive: everything that was ever delivered, as it came and as it was read. It is the truth; all else
can be made again from it.

    raw/<sha>, raw/<sha>.age                 the bytes as they came or sealed: the only place with personal data
    unread/<sha>                             beside sealed bytes, the same in clear until they have been read
    read/<register>/<reading>/<sha>.<kind>/  rows.parquet and, where there are any, faults, rejected,
                                             protected, personal_numbers
    receipts/<organisation>.jsonl            one line per delivery: who, what, when, and what reading it gave

`reading` names the contract's and the reader's version, so a changed contract reads again. Every file is
written under another name first and moved into place, and receipts last: a killed run leaves no half.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from assets.atomic import atomic_write
from assets.intake.apply_contract import ContractResult
from assets.intake.inbox import open_file
from assets.intake.lookup_key import LookupKey
from assets.intake.seal import IdentityMissing, seal, unseal
from assets.registers.contract import Register

READER = "4"
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
}
"""One delivery: a file name with one content. `arrivals`: the days on which it newly came, the file's modification
time, and its place among what came: that time too, unless the same name had come with a later one. Without a
register it is a file that fits none, and is not kept. `purged`: the day on which its bytes were removed."""


MADE_BY_READING = (
    "refusal", "read", "loaded", "quarantined", "duplicates", "dropped_cells", "notes", "unknown", "missing",
)  # fmt: skip
"""The fields of a receipt that reading the delivery gives, and reading it anew replaces."""


def reading_of(register: Register) -> str:
    return f"{register.version}-{READER}"


@dataclass(frozen=True)
class Archive:
    """`seal_to`: the age recipient that raw bytes are sealed to; `identity`: the file with the secret for it."""

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
        return self.root / "read" / register / reading / f"{sha256}{ending}"

    def has_reading(self, receipt: Mapping[str, Any]) -> bool:
        place = (receipt["register"], receipt["reading"], receipt["sha256"], receipt["ending"])
        return (self.read_folder(*place) / "rows.parquet").exists()

    @property
    def lookup_key(self) -> LookupKey:
        """Kept beside the archive: what is hashed under it can be compared from reading to reading."""
        return LookupKey(self.root.parent / "keys" / "lookup.key")

    def organisations(self) -> list[str]:
        return sorted(path.stem for path in (self.root / "receipts").glob("*.jsonl"))

    def receipts(self, organisation: str) -> pl.DataFrame:
        path = self._receipts_path(organisation)
        return pl.read_ndjson(path, schema=RECEIPT) if path.exists() else pl.DataFrame(schema=RECEIPT)

    def write_receipts(self, organisation: str, receipts: pl.DataFrame) -> None:
        with atomic_write(self._receipts_path(organisation)) as draft:
            receipts.write_ndjson(draft)

    def _receipts_path(self, organisation: str) -> Path:
        return self.root / "receipts" / f"{organisation}.jsonl"

    def store(self, source: Path) -> str | None:
        """Keeps the bytes of a file and gives their SHA-256; None where it changed while it was read."""
        digest = hashlib.sha256()
        draft = self.root / "raw" / f".{secrets.token_hex(8)}.tmp"
        draft.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            draft.touch(mode=0o600)
            with open_file(source, source.parent) as file, draft.open("wb") as copy:
                before = os.fstat(file.fileno())
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
                    copy.write(chunk)
            after = source.stat()
            if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                return None
            sha256 = digest.hexdigest()
            if self.seal_to:
                self._seal(draft, sha256)
            kept = self.unread(sha256) if self.seal_to else self.raw(sha256)
            kept.parent.mkdir(exist_ok=True, mode=0o700)
            draft.replace(kept)
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

    def write(self, folder: Path, result: ContractResult) -> None:
        tables: Mapping[str, pl.DataFrame] = {
            "faults": result.failures,
            "rejected": result.quarantined,
            "protected": result.protected,
            "personal_numbers": result.personal_numbers,
        }
        for name, table in tables.items():
            if not table.is_empty():
                with atomic_write(folder / f"{name}.parquet") as draft:
                    table.write_parquet(draft)
        with atomic_write(folder / "rows.parquet") as draft:
            result.valid.write_parquet(draft)
