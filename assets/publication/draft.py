"""The draft of a publication: every organisation's folder, built beside what is published and shown to nobody.

`build_draft` makes it; the audit (assets/validation/draft_audit.py) holds it against the tables; `release` shows it.
Whatever goes wrong with one organisation or one output costs only itself: the others are in the draft.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from assets.publication.desk import Order, ValidationPages, shares, write_folders
from assets.publication.document.rows import gather_rows
from assets.publication.manifest import MANIFEST, place_of, write_manifest
from assets.publication.page.front import write_front
from assets.publication.release import draft_path, empty_draft
from assets.publication.report import load_tables
from assets.registers.contract import CITY, Register
from assets.settings import Run, Settings


class NothingWritten(RuntimeError):
    """No organisation's folder could be written: the fault is nobody's own, and nothing is published."""


@dataclass(frozen=True)
class Draft:
    """A draft's folder. `made`: the organisations whose folder is of this run; the others stand as they were."""

    folder: Path
    made: tuple[str, ...]


def build_draft(
    con: duckdb.DuckDBPyConnection,
    run: Run,
    settings: Settings,
    registers: Mapping[str, Register],
    validation_pages: ValidationPages,
) -> Draft:
    """Writes the draft of what the run's warehouse holds. `con`, to that warehouse, is closed by then where several
    workers read it.

    An organisation that its validation blocked, or whose folder can't be written, keeps the folder that it has, with
    that run's B and K. `validation_pages` gives, of a connection, what gives an organisation's validering.html; it is
    pickled. Raises NothingWritten, and OSError where the disk is full or failing.
    """
    tables, made_at = load_tables(con, registers), datetime.now(UTC)
    draft = empty_draft(settings.published, run.id)
    mappings, chosen, blocked = _mappings(con), _chosen(con), set(_names(con, "validation.blocked"))
    organisations = [*_names(con, "intake.organisations"), CITY]
    order = Order(run, settings, registers, made_at, validation_pages)
    parts = shares(organisations, tables, gather_rows(con), blocked)
    written = write_folders(con, order, parts)
    if not any(folder.place == place_of(run) for folder in written) and any(folder.fault for folder in written):
        raise NothingWritten("Ingen organisations mapp kunde skrivas.")
    write_front(draft, [folder.front_line for folder in written], run, made_at)
    write_manifest(
        draft,
        run,
        {folder.name: folder.place for folder in written if folder.place},
        {folder.name: folder.failures for folder in written if folder.failures},
        set(tables.deliveries["sha256"].drop_nulls()) - {""},
        mappings,
        made_at,
        {
            "indicators": chosen,
            "registers": {place: list(own) for place, own in settings.register_lists.items()},
        },
    )
    return read_draft(settings.published, run)


def _mappings(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """By source, the mapping that its deliveries in force were read by."""
    query = """
        SELECT source, max_by(mapping, delivered) FROM intake.deliveries
        WHERE status = 'i kraft' AND source IS NOT NULL GROUP BY source ORDER BY source
    """
    return dict(con.execute(query).fetchall())


def read_draft(published: Path, run: Run) -> Draft:
    """The draft that the run has built. Raises FileNotFoundError where there is none."""
    folder = draft_path(published, run.id)
    places = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["organisations"]
    return Draft(folder, tuple(name for name, place in places.items() if place == place_of(run)))


def _chosen(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Indicator → what the installation has chosen of it."""
    query = "SELECT indicator, setting FROM catalogue.indicators WHERE setting IS NOT NULL ORDER BY position"
    return {indicator: json.loads(setting) for indicator, setting in con.execute(query).fetchall()}


def _names(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [name for (name,) in con.execute(f"SELECT organisation FROM {table} ORDER BY organisation").fetchall()]
