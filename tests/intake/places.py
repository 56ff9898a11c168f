"""An inbox and its archive for tests, landed night by night, and what the archive then holds."""

import os
import shutil
from datetime import date
from pathlib import Path

import polars as pl

from assets.intake.archive import Archive
from assets.intake.deliveries import deliveries
from assets.intake.ingest import ingest
from assets.intake.sources.definition import Source
from assets.intake.sources.load import load_sources
from tests.intake.delivered import REGISTERS

FAR = date(2100, 1, 1)


class Place:
    def __init__(self, folder: Path) -> None:
        self.inbox, self.archive = folder / "inbox", Archive(folder / "archive")
        self.config = folder / "config"
        self.inbox.mkdir(parents=True, exist_ok=True)

    def deliver(self, name: str, content: str | bytes, mtime: int | None = None, folder: str = "farsta") -> Path:
        path = self.inbox / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if mtime is not None:
            os.utime(path, (mtime, mtime))
        return path

    def configure(self, **texts: str) -> None:
        """Source files by name; `<name>_sql` is the SQL beside one."""
        folder = self.config / "sources"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path = folder / (f"{name.removesuffix('_sql')}.sql" if name.endswith("_sql") else f"{name}.toml")
            path.write_text(text, encoding="utf-8")

    @property
    def sources(self) -> dict[str, Source]:
        return load_sources(self.config, REGISTERS)

    def night(self, day: int = 1, month: int = 11) -> int:
        sources = self.sources
        return ingest(self.inbox, self.archive, REGISTERS, date(2026, month, day), limits=None, sources=sources)

    def deliveries(self, known_at: date = FAR, *organisations: str) -> pl.DataFrame:
        return deliveries(self.archive, REGISTERS, organisations or ["farsta"], known_at)

    def statuses(self, known_at: date = FAR) -> list[tuple[str, str]]:
        seen = self.deliveries(known_at).filter(pl.col("status") != "saknas").sort("position")
        return list(seen.select("name", "status").rows())

    def rows(self, register: str, known_at: date = FAR) -> list[pl.DataFrame]:
        """The rows of what is in force, oldest first."""
        in_force = self.deliveries(known_at).filter(register=register, status="i kraft").sort("position")
        return [pl.read_parquet(self.archive.root / "read" / path / "rows.parquet") for path in in_force["folder"]]

    def files(self, *but: str) -> dict[str, bytes]:
        """Every file of the archive by its path, the folders named left out."""
        root = self.archive.root
        found = (path for path in sorted(root.rglob("*")) if path.is_file())
        return {
            str(path.relative_to(root)): path.read_bytes()
            for path in found
            if path.relative_to(root).parts[0] not in but
        }

    def tables(self) -> dict[str, bytes]:
        """The tables that deliveries were read into, by their paths in the archive."""
        return {path: content for path, content in self.files("raw", "receipts").items() if path.endswith(".parquet")}

    def forget(self, folder: str) -> None:
        shutil.rmtree(self.archive.root / folder)
