"""The archive: everything that was ever delivered, as it came and as it was read. It is the truth; all else
can be made again from it.

    raw/<sha>                                the bytes, readable by the owner alone: the only place with personal data
    read/<register>/<reading>/<sha>.<kind>/  rows.parquet and, where there are any, faults, rejected,
                                             protected, personal_numbers
    receipts/<organisation>.jsonl            one line per delivery: who, what, when, and what reading it gave

`reading` names the contract's and the reader's version, so a changed contract reads again. Every file is
written under another name first and moved into place, and receipts last: a killed run leaves no half.
"""

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from assets.atomic import atomic_write
from assets.intake.apply_contract import ContractResult
from assets.intake.inbox import open_file
from assets.intake.lookup_key import LookupKey
from assets.registers.contract import Register

READER = "5"
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
}
"""One delivery: a file name with one content. `arrivals`: the days on which it newly came, the file's modification
time, and its place among what came: that time too, unless the same name had come with a later one. Without a
register it is a file that fits none, and is not kept."""


MADE_BY_READING = (
    "refusal", "read", "loaded", "quarantined", "duplicates", "dropped_cells", "notes", "unknown", "missing",
)  # fmt: skip
"""The fields of a receipt that reading the delivery gives, and reading it anew replaces."""


def reading_of(register: Register) -> str:
    return f"{register.version}-{READER}"


@dataclass(frozen=True)
class Archive:
    root: Path

    def raw(self, sha256: str) -> Path:
        return self.root / "raw" / sha256[:2] / sha256

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
            kept = self.raw(digest.hexdigest())
            kept.parent.mkdir(exist_ok=True, mode=0o700)
            draft.replace(kept)
        finally:
            draft.unlink(missing_ok=True)
        return digest.hexdigest()

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
