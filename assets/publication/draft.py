"""The draft of a publication: every organisation's folder, built beside what is published and shown to nobody.

`build_draft` makes it; the audit (assets/validation/draft_audit.py) holds it against the tables; `release` shows it.
Whatever goes wrong with one organisation or one output costs only itself: the others are in the draft.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from assets.disk import is_disk_fault
from assets.publication.document.rows import gather_rows
from assets.publication.faults import kind_and_place, reason_of
from assets.publication.manifest import MANIFEST, Place, place_of, write_manifest
from assets.publication.organisation_folder import FolderFailed, keep_folder, write_folder
from assets.publication.output import OrganisationFolder, Publication
from assets.publication.page.front import FrontLine, write_front
from assets.publication.page.stale_notice import mark_kept
from assets.publication.release import draft_path, empty_draft, shown_at
from assets.publication.report import load_tables, name_of
from assets.publication.sv import calling_registers
from assets.registers.contract import CITY, Register
from assets.settings import Run, Settings

logger = logging.getLogger("lagesbild.publication")


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
    validation_page: Callable[[str], str],
) -> Draft:
    """Writes the draft of what the run's warehouse holds.

    An organisation that its validation blocked, or whose folder can't be written, keeps the folder that it has, with
    that run's B and K. `validation_page` gives an organisation's validering.html. Raises NothingWritten, and OSError
    where the disk is full or failing.
    """
    tables, made_at = load_tables(con, registers), datetime.now(UTC)
    publication = Publication(con, run, settings, tables, gather_rows(con), made_at, validation_page, registers)
    before, draft = shown_at(settings.published, run), empty_draft(settings.published, run.id)
    organisations, blocked = [*_names(con, "intake.organisations"), CITY], _names(con, "validation.blocked")
    with calling_registers(registers):
        written = [
            _write(OrganisationFolder(publication, name, draft / name, before / name), name in blocked)
            for name in organisations
        ]
    if not any(folder.place == place_of(run) for folder in written) and any(folder.fault for folder in written):
        raise NothingWritten("Ingen organisations mapp kunde skrivas.")
    write_front(draft, [folder.front_line for folder in written], run, made_at)
    write_manifest(
        draft,
        run,
        {folder.name: folder.place for folder in written if folder.place},
        {folder.name: folder.failures for folder in written if folder.failures},
        set(tables.deliveries["sha256"].drop_nulls()) - {""},
        _mappings(con),
        made_at,
        {
            "indicators": _chosen(con),
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


@dataclass(frozen=True)
class _Written:
    """What became of one organisation's folder. `place`: the run that it shows, None where there is nothing to show;
    `failures`: output → reason; `fault`: why it is not tonight's, where that isn't its validation."""

    name: str
    place: Place | None
    failures: dict[str, str]
    front_line: FrontLine
    fault: str = ""


def _write(folder: OrganisationFolder, blocked: bool) -> _Written:
    fault = "" if blocked else _try_to_write(folder)
    place = _keep(folder, fault) if blocked or fault else place_of(folder.run)
    failures = {output.name: reason for output, reason in folder.failures.items()}
    if fault:
        failures["mapp"] = fault
    titles = [f"{output.title} kunde inte skrivas: {reason}" for output, reason in folder.failures.items()]
    line = FrontLine(
        folder=folder.organisation,
        name=name_of(folder.organisation, folder.publication.settings.names),
        as_of=date.fromisoformat(place["as_of"]) if place else None,
        known_at=date.fromisoformat(place["known_at"]) if place else None,
        blocked=blocked,
        has_page=(folder.path / "index.html").exists(),
        has_validation=(folder.path / "validering.html").exists(),
        has_matrix=(folder.path / "matris.html").exists(),
        faults=[f"Mappen kunde inte skrivas: {fault}"] if fault else titles,
    )
    return _Written(folder.organisation, place, failures, line, fault)


def _try_to_write(folder: OrganisationFolder) -> str:
    """Writes the folder; why it couldn't be written, empty where it could."""
    try:
        write_folder(folder)
    except FolderFailed as fault:
        return str(fault)
    except Exception as fault:  # whatever it was, it costs this organisation and no other
        if is_disk_fault(fault):
            raise
        logger.error("%s kunde inte skrivas: %s", folder.organisation, kind_and_place(fault))
        return reason_of(fault)
    return ""


def _keep(folder: OrganisationFolder, fault: str) -> Place | None:
    """Keeps what was published of the organisation before, with the notice on its pages."""
    why = "mappen kunde inte skrivas" if fault else "underkänd i valideringen"
    logger.warning("%s publiceras inte: %s. Den förra lägesbilden står kvar", folder.organisation, why)
    failures, folder.failures = folder.failures, {}
    try:
        place = keep_folder(folder)
        mark_kept(folder.path, folder.run.as_of, fault)
    except Exception as other:
        if is_disk_fault(other):
            raise
        logger.error("%s kunde inte behållas: %s", folder.organisation, kind_and_place(other))
        folder.path.mkdir(exist_ok=True)
        return None
    finally:
        folder.failures = failures | folder.failures
    return place


def _chosen(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Indicator → what the installation has chosen of it."""
    query = "SELECT indicator, setting FROM catalogue.indicators WHERE setting IS NOT NULL ORDER BY position"
    return {indicator: json.loads(setting) for indicator, setting in con.execute(query).fetchall()}


def _names(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [name for (name,) in con.execute(f"SELECT organisation FROM {table} ORDER BY organisation").fetchall()]
