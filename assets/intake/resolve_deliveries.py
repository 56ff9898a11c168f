"""One night's intake: the inbox is landed, and the run gets its deliveries as they stand for K."""

import logging
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import polars as pl

from assets.atomic import atomic_write
from assets.intake import inbox as inbox_files
from assets.intake.archive import Archive, reading_of
from assets.intake.deliveries import IN_FORCE, as_deliveries, resolved
from assets.intake.drift import drift
from assets.intake.ingest import ingest
from assets.intake.require_inbox import require_inbox
from assets.intake.sources.definition import Source
from assets.registers.contract import CITY, Register
from assets.settings import DEFAULT_LIMITS, Limits

logger = logging.getLogger("lagesbild.intake")


class PurgedDelivery(RuntimeError):
    """What counted for K has been purged and can't be read as the contracts are today; the message is Swedish."""


def resolve_deliveries(
    inbox: Path,
    archive: Archive,
    registers: Mapping[str, Register],
    today: date,
    known_at: date,
    deliveries_path: Path,
    limits: Limits | None = DEFAULT_LIMITS,
    sources: Mapping[str, Source] = MappingProxyType({}),
    fetched: Path | None = None,
    workers: int = 2,
    dask: str | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """Writes the deliveries (DELIVERY rows, and `organisations.parquet` and `drift.parquet` in the same folder); does
    nothing where it exists.
    `fetched`: what is fetched from other systems, read as the inbox is. `workers`: so many files are read at a time;
    `dask`: the scheduler whose workers read instead; `meanwhile`: see ingest.
    Every reading that the run will load is whole: one that isn't is made anew. Raises InboxUnavailable,
    ArchiveDamaged, IdentityMissing and PurgedDelivery."""
    if deliveries_path.exists():
        return
    require_inbox(inbox, archive, fetched)
    logger.info("Inkorgen läses: %s", inbox)
    ingest(inbox, archive, registers, today, limits, workers, sources, fetched, dask, meanwhile)
    # An organisation exists when it has a folder or archived deliveries.
    folders = inbox_files.organisations(inbox, *([fetched] if fetched else []))
    organisations = sorted({*folders, *archive.organisations()} - {CITY})
    with atomic_write(deliveries_path.with_name("organisations.parquet")) as draft:
        pl.DataFrame({"organisation": organisations}, schema={"organisation": pl.String}).write_parquet(draft)
    found = resolved(archive, registers, organisations, known_at)
    if damaged := damaged_readings(archive, found["folder"].drop_nulls().unique().sort()):
        for folder in damaged:
            logger.warning("Läsningen %s är skadad och görs på nytt", folder)
            shutil.rmtree(archive.readings / folder)
        ingest(inbox, archive, registers, today, limits, workers, sources, fetched, dask)
        found = resolved(archive, registers, organisations, known_at)
    _require_readings(found, registers, sources, known_at)
    with atomic_write(deliveries_path.with_name("drift.parquet")) as draft:
        drift(found).write_parquet(draft)
    with atomic_write(deliveries_path) as draft:
        as_deliveries(found).write_parquet(draft)


def damaged_readings(archive: Archive, folders: Iterable[str]) -> list[str]:
    """Those of the folders, as they stand in DELIVERY, whose files don't hold what they were written with."""
    return [folder for folder in folders if not archive.is_intact_reading(archive.readings / folder)]


def _require_readings(
    found: pl.DataFrame, registers: Mapping[str, Register], sources: Mapping[str, Source], known_at: date
) -> None:
    """Raises PurgedDelivery where one in force was read under an earlier contract or mapping: ingest reads all others
    anew."""
    mappings = {None: None} | {name: source.version for name, source in sources.items()}
    old = [
        delivery["register"]
        for delivery in found.filter(pl.col("status") == IN_FORCE).iter_rows(named=True)
        if not delivery["folder"].split("/")[1].startswith(reading_of(registers[delivery["register"]]))
        or mappings.get(delivery["source"]) != delivery["mapping"]
    ]
    if old:
        raise PurgedDelivery(
            f"Läget som känt {known_at} kan inte räknas om: {len(old)} leveranser som gällde då är gallrade, och "
            f"kontraktet eller källan har ändrats sedan de lästes ({', '.join(sorted(set(old)))})."
        )
