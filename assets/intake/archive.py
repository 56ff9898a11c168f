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

import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from assets.atomic import atomic_write, discard, drafts_in, move_folders, new_draft
from assets.checksums import SUMS, as_text, is_as_written, read_sums, sha256_of, write_sums
from assets.damaged import set_aside
from assets.intake.contract_result import ContractResult
from assets.intake.inbox import ORGANISATION
from assets.intake.inbox_names import display_name
from assets.intake.lookup_key import LookupKey
from assets.intake.raw_bytes import RawBytes
from assets.intake.receipt_fields import RECEIPT
from assets.intake.receipts import (
    COUNTS,
    DamagedReceipts,
    has_damaged_counts,
    read_counts,
    read_receipts,
    strays,
    write_counts,
    write_receipts,
)
from assets.intake.sources.read_source import SourceDelivery
from assets.registers.contract import Register

logger = logging.getLogger("lagesbild.intake")

READER = "10"
"""Raise it when reading or parsing changes meaning: every delivery is then read again from its raw bytes."""


def reading_of(register: Register, by: SourceDelivery | None = None) -> str:
    """What a delivery's reading hangs on, beside its bytes. `by`: the source that reads it, where one does."""
    return f"{register.version}-{READER}" + (f"-{by.reading}" if by else "")


class Archive(RawBytes):
    """The bytes as they came, and beside them readings and receipts."""

    @property
    def readings(self) -> Path:
        return self.root / "read"

    def read_folder(self, register: str, reading: str, sha256: str, ending: str) -> Path:
        return self.readings / register / reading / f"{sha256}{ending}"

    def has_reading(self, receipt: Mapping[str, Any]) -> bool:
        place = (receipt["register"], receipt["reading"], receipt["sha256"], receipt["ending"])
        return (self.read_folder(*place) / SUMS).exists()

    def is_intact_reading(self, folder: Path) -> bool:
        """Whether every file of a reading holds what it was written with, and none is gone."""
        try:
            sums = read_sums(folder)
        except ValueError:
            return False
        return "rows.parquet" in sums and all(is_as_written(folder / name, digests) for name, digests in sums.items())

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

    def renew_counts(self) -> None:
        """Sets a damaged list of receipts' files aside and writes it anew of those that are there. A file that is
        gone, too, is then missed by nothing, and what was set aside is an alert for that reason."""
        folder = self.root / "receipts"
        if (folder / COUNTS).exists():
            set_aside(folder / COUNTS, "innehållet är inte det som skrevs")
        write_counts(folder, {name: self._known_receipts(name) for name in self.organisations()})

    def _known_receipts(self, organisation: str) -> int:
        try:
            return self.receipts(organisation).height
        except DamagedReceipts as fault:
            return fault.lines

    def tidy(self) -> None:
        """Removes what killed runs left half written, and names what isn't the archive's own. To be called under the
        run lock, before anything is written."""
        for draft in self.drafts():
            discard(draft)
        if has_damaged_counts(self.root / "receipts"):
            self.renew_counts()
        for path in strays(self.root / "receipts", ORGANISATION):
            logger.warning("archive/receipts/%s hör inte till arkivet och läses inte", display_name(path.name))

    def drafts(self) -> Iterator[Path]:
        """What is being written, or was when a run was killed."""
        tops = [self.root / name for name in ("raw", "unread", "receipts")]
        for folder in (*tops, *self.root.glob("raw/??"), *self.readings.glob("*/*")):
            yield from drafts_in(folder)

    def expire(self, receipt: Mapping[str, Any], columns: Sequence[str]) -> None:
        """Empties columns of the delivery's reading."""
        place = (receipt["register"], receipt["reading"], receipt["sha256"], receipt["ending"])
        rows = self.read_folder(*place) / "rows.parquet"
        if columns and rows.exists():
            for left in drafts_in(rows.parent):
                discard(left)  # what a purge left that was killed here: nobody else writes in a reading
            table = pl.read_parquet(rows, glob=False)
            with atomic_write(rows) as draft:
                table.with_columns(pl.lit(None, table.schema[name]).alias(name) for name in columns).write_parquet(
                    draft
                )
                # the list knows both until the file has been replaced, whenever the run is killed
                sums = read_sums(rows.parent)
                write_sums(rows.parent, sums | {rows.name: [*sums.get(rows.name, ()), sha256_of(draft)]})

    def write(self, readings: Mapping[Path, ContractResult]) -> None:
        """Writes readings into their folders, each whole or not at all, with the checksums of its files. They reach
        the disk together; one that is there already, of another delivery of the same content, is left."""
        drafts = {new_draft(folder): folder for folder in readings}
        try:
            for draft, folder in drafts.items():
                write_reading(draft, readings[folder])
                if folder.exists() and not self.is_intact_reading(folder):
                    shutil.rmtree(folder)
            move_folders({draft: folder for draft, folder in drafts.items() if not folder.exists()})
        finally:
            for draft in drafts:
                shutil.rmtree(draft, ignore_errors=True)


def write_reading(folder: Path, result: ContractResult) -> None:
    """Writes the files of a reading into a new folder."""
    tables: Mapping[str, pl.DataFrame] = {
        "rows": result.valid,
        "faults": result.failures,
        "rejected": result.quarantined,
        "protected": result.protected,
        "personal_numbers": result.personal_numbers,
    }
    folder.mkdir(parents=True)
    for name, table in tables.items():
        if name == "rows" or not table.is_empty():
            table.write_parquet(folder / f"{name}.parquet")
    sums = {path.name: [sha256_of(path)] for path in folder.iterdir()}
    (folder / SUMS).write_text(as_text(sums), encoding="utf-8")
