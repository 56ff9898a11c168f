"""One night's intake: the inbox is landed, and the run gets its stock of deliveries as they stand for K."""

import logging
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from assets.atomic import atomic_write
from assets.intake import inbox as inbox_files
from assets.intake.archive import Archive
from assets.intake.deliveries import deliveries
from assets.intake.ingest import ingest
from assets.registers.contract import CITY, Register
from assets.settings import DEFAULT_LIMITS, Limits

logger = logging.getLogger("lagesbild.intake")


def resolve_deliveries(
    inbox: Path,
    archive: Archive,
    registers: Mapping[str, Register],
    today: date,
    known_at: date,
    stock: Path,
    limits: Limits | None = DEFAULT_LIMITS,
) -> None:
    """Writes the stock (DELIVERY rows, and `organisations.parquet` in the same folder); does nothing where it exists.
    Raises InboxUnavailable."""
    if stock.exists():
        return
    inbox_files.require_inbox(inbox, has_delivered=bool(archive.organisations()))
    logger.info("Inkorgen läses: %s", inbox)
    ingest(inbox, archive, registers, today, limits)
    # An organisation exists when it has a folder or archived deliveries.
    organisations = sorted({*inbox_files.organisations(inbox), *archive.organisations()} - {CITY})
    with atomic_write(stock.with_name("organisations.parquet")) as draft:
        pl.DataFrame({"organisation": organisations}, schema={"organisation": pl.String}).write_parquet(draft)
    with atomic_write(stock) as draft:
        deliveries(archive, registers, organisations, known_at).write_parquet(draft)
