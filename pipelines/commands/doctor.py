"""`lagesbild doctor`: is everything in the data folder as it was written? With `--repair` what can be mended is."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click
import duckdb

from assets.alerts.check import alerts_damage
from assets.alerts.evaluate import KEPT, alerts_folder
from assets.alerts.send import HEARTBEAT
from assets.atomic import discard
from assets.checksums import sha256_of
from assets.damaged import Damage, damaged_files
from assets.disk import disk_fault
from assets.intake.archive import Archive
from assets.intake.archive_check import archive_damage
from assets.intake.ingest import ingest
from assets.publication.manifest import MANIFEST
from assets.publication.release import point_at_newest
from assets.refusal import RunRefused
from assets.settings import Settings
from assets.validation.results import results_damage
from assets.warehouse.history import FIGURES, GAPS
from assets.warehouse.history_files import history_damage
from assets.warehouse.kept import kept_night
from pipelines.config import today
from pipelines.dagster_home import storage_damage
from pipelines.data_folder import require_data_folder
from pipelines.installation import installed_registers, installed_sources
from pipelines.leftovers import leftovers
from pipelines.night_status import DamagedStatus, is_instant, read_status
from pipelines.run_lock import run_lock
from pipelines.run_log import run_log


def examine(settings: Settings, *, repair: bool) -> bool:
    """Tells what is damaged and what would be, or was, done about it; true where nothing is, or all was mended.
    Raises RunInProgress while a run goes on, and UnusableDataFolder."""
    require_data_folder(settings)
    with run_log(settings.data), run_lock(settings.data, "lagesbild doctor", wait=1):
        found = list(damage(settings))
        mended = [_tell(one, repair=repair) for one in found]
        aside = damaged_files(settings.data, KEPT)
    for sentence in aside.values():
        click.echo(f"Undanlagt: {sentence}")
    if not found:
        click.echo("Allt i datamappen är som det skrevs.")
    elif not repair:
        click.echo(f"{len(found)} fel. Laga det som går: lagesbild doctor --repair")
    return all(mended)


def _tell(one: Damage, *, repair: bool) -> bool:
    click.echo(f"{one.what}: {one.mend}")
    if not repair or one.repair is None:
        return False
    try:
        one.repair()
    except RunRefused as refused:
        click.echo(f"  går inte att laga härifrån. {refused}")
        return False
    except OSError as fault:
        click.echo(f"  går inte att laga. {disk_fault(fault) or fault.strerror}.")
        return False
    click.echo("  gjort")
    return True


def damage(settings: Settings) -> Iterator[Damage]:
    """Everything in the data folder that isn't as it was written."""
    data, archive = settings.data, Archive(settings.archive)
    registers, sources = installed_registers(settings), installed_sources(settings)
    yield from archive_damage(
        archive,
        lambda: ingest(
            settings.inbox, archive, registers, today(settings), sources=sources, fetched=settings.fetched
        ),
    )
    for draft in leftovers(settings):
        yield Damage(f"{draft.relative_to(data)} är halvskriven", "tas bort", partial(discard, draft))
    for name in (FIGURES, GAPS):
        yield from history_damage(data / "history" / name)
    yield from alerts_damage(alerts_folder(data))
    yield from results_damage(data / "validation")
    yield from _warehouse_damage(settings.warehouse)
    yield from storage_damage(settings)
    try:
        read_status(settings)
    except DamagedStatus as fault:
        status = data / "status.json"
        yield Damage(
            str(fault).rstrip("."), "tas bort; nästa natt skriver den", lambda: status.unlink(missing_ok=True)
        )
    yield from _heartbeat_damage(data)
    yield from _publication_damage(settings)


def _warehouse_damage(kept: Path) -> Iterator[Damage]:
    try:
        kept_night(kept)
    except duckdb.Error:
        yield Damage("warehouse/lagesbild.duckdb går inte att öppna", "tas bort; nästa natt gör den", kept.unlink)


def _publication_damage(settings: Settings) -> Iterator[Damage]:
    current = settings.published / "current"
    if current.is_symlink() and not current.exists():
        yield Damage(
            "published/current pekar på en natt som är borta",
            "pekas om till den nyaste som finns",
            lambda: point_at_newest(settings.published),
        )
    for folder in (current, *sorted((settings.published / "reviews").glob("[0-9]*"))):
        if folder.exists():
            yield from _published_damage(folder, str(folder.relative_to(settings.data)))


def _published_damage(folder: Path, name: str) -> Iterator[Damage]:
    mend = "nästa natt publicerar på nytt" if folder.name == "current" else "gör om genomgången"
    outputs = _outputs(folder / MANIFEST)
    if outputs is None:
        yield Damage(f"{name}/{MANIFEST} går inte att läsa", mend)
        return
    for place, digest in outputs.items():
        path = folder / place
        if not path.is_file() or sha256_of(path) != digest:
            yield Damage(f"{name}/{place} är inte det som publicerades", mend)


def _outputs(manifest: Path) -> dict[str, str] | None:
    """Published file → its SHA-256; None where the manifest isn't what is written as one."""
    content = _json(manifest)
    outputs = content.get("outputs") if isinstance(content, dict) else None
    if not isinstance(outputs, dict) or not all(isinstance(digest, str) for digest in outputs.values()):
        return None
    return outputs if all(_stays_within(place) for place in outputs) else None


def _stays_within(place: str) -> bool:
    """Whether it can be the name of a file below the folder."""
    return "\0" not in place and not Path(place).is_absolute() and ".." not in Path(place).parts


def _heartbeat_damage(data: Path) -> Iterator[Damage]:
    path = data / HEARTBEAT
    beat = _json(path) if path.exists() else None
    if path.exists() and not (isinstance(beat, dict) and is_instant(beat.get("at"))):
        yield Damage(f"{HEARTBEAT} går inte att läsa", "tas bort; nästa natt skriver den", path.unlink)


def _json(path: Path) -> Any:  # noqa: ANN401 – what JSON holds
    """The content; None where it can't be read, which `null` is no better than."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
