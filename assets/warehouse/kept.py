"""The kept warehouse: every table of the newest published night in one DuckDB file, for analysts to open read-only.

It is replaced in one step by a file that is whole. Whoever has it open goes on reading the one that was opened.
It holds what register tables hold, of all organisations, so it is its owner's alone (0600, in a folder of 0700).
"""

import logging
import shutil
from datetime import date
from pathlib import Path

import duckdb

from assets.atomic import replace

logger = logging.getLogger("lagesbild.warehouse")

_SCRATCH_SCHEMAS = ("delivered", "in_force", "previous", "publication")
"""Schemas that a run makes for its own checks; they point at files that don't stay."""


def kept_night(kept: Path) -> date | None:
    """The night (its B, which is its K too) whose tables are kept; None where none are."""
    if not kept.exists():
        return None
    with duckdb.connect(kept, read_only=True) as con:
        row = con.execute("SELECT as_of FROM core.review").fetchone()
    return row[0] if row else None


def copy_kept(kept: Path, path: Path) -> None:
    """A copy of the kept warehouse to work on. Raises FileNotFoundError where none is kept."""
    shutil.copyfile(kept, path)
    path.chmod(0o600)


def keep(warehouse: Path, kept: Path) -> None:
    """The closed file `warehouse` becomes the kept one, and is no longer where it was."""
    with duckdb.connect(warehouse) as con:
        for schema in _SCRATCH_SCHEMAS:
            con.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        con.execute("CHECKPOINT")
    warehouse.chmod(0o600)
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace(warehouse, kept)
    logger.info("Lagret är bytt: %s", kept)
