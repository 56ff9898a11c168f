"""One night's intake: the inbox is landed, and the run gets its stock of deliveries as they stand for K."""

import logging
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from assets.intake import inbox as inbox_files
from assets.intake.archive import Archive
from assets.intake.deliveries import deliveries
from assets.intake.land import land
from assets.registers.contract import CITY, Register
from assets.whole import written_whole

logger = logging.getLogger("lagesbild.intake")


def take_stock(
    inbox: Path, archive: Archive, registers: Mapping[str, Register], today: date, known_at: date, stock: Path
) -> None:
    """Writes the stock (DELIVERY rows, and `organisations.parquet` beside it); does nothing where it is there."""
    if stock.exists():
        return
    logger.info("Inkorgen läses: %s", inbox)
    land(inbox, archive, registers, today)
    # An organisation exists when it has a folder or archived deliveries.
    organisations = sorted({*inbox_files.organisations(inbox), *archive.organisations()} - {CITY})
    with written_whole(stock.with_name("organisations.parquet")) as draft:
        pl.DataFrame({"organisation": organisations}, schema={"organisation": pl.String}).write_parquet(draft)
    with written_whole(stock) as draft:
        deliveries(archive, registers, organisations, known_at).write_parquet(draft)
