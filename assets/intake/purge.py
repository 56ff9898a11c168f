"""The purge: delivered bytes go when they have long ceased to count (docs/spec/interfaces.md, In: the inbox).

The receipt stays, with name, hash and counts, and so does the reading, which figures of earlier days stand on: it
holds no personal number, name or free text. Employment ids that no figure reads (`expires` in the contract) go too.
A delivery that is in force, or dated in the future, is never purged.
"""

import logging
from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from assets.intake.archive import Archive
from assets.intake.deliveries import FUTURE, IN_FORCE, REPLACED, SEQUENCE, resolved
from assets.intake.receipt_fields import RECEIPT
from assets.registers.contract import CITY, Register

logger = logging.getLogger("lagesbild.intake")

_FILE = ("organisation", "register", "source", "name", "sha256")


def expired(archive: Archive, registers: Mapping[str, Register], today: date, retention_days: int) -> pl.DataFrame:
    """The deliveries whose bytes are kept for longer than they should. One row per delivery: `organisation`,
    `register`, `name`, `sha256`, `last_day`, `loaded`. Bytes that several deliveries share go with the last of them.

    The last day is the one before a newer delivery took its place, or where it never was in force the one on which it
    last came; never before the day on which it came.
    """
    receipts = _receipts(archive).filter(pl.col("sha256") != "", pl.col("register").is_not_null())
    standing = _standing(resolved(archive, registers, _organisations(archive), today))
    dated = receipts.join(standing, on=_FILE, how="left", nulls_equal=True).with_columns(
        counts=pl.col("counts").fill_null(False), last_day=pl.max_horizontal("came", "ended")
    )
    of_bytes = pl.col("last_day").max().over("sha256")
    is_over = of_bytes + timedelta(days=retention_days) < today
    over = dated.filter(is_over, ~pl.col("counts").any().over("sha256"))
    kept = [sha256 for sha256 in over["sha256"].unique() if archive.has_bytes(sha256)]
    return over.filter(pl.col("sha256").is_in(kept)).select(*_FILE, "last_day", "loaded").sort(*_FILE)


def purge(archive: Archive, registers: Mapping[str, Register], today: date, retention_days: int) -> pl.DataFrame:
    """Removes those bytes, logs each delivery, and gives what `expired` gave. To be called under the run lock."""
    gone = expired(archive, registers, today, retention_days)
    for organisation in gone["organisation"].unique(maintain_order=True):
        receipts = archive.receipts(organisation)
        is_gone = pl.col("sha256").is_in(gone["sha256"].unique().to_list())
        for receipt in receipts.filter(is_gone, pl.col("reading").is_not_null()).to_dicts():
            if register := registers.get(receipt["register"]):
                archive.expire(receipt, [column.slug for column in register.columns if column.expires])
        archive.write_receipts(
            organisation,
            receipts.with_columns(purged=pl.when(is_gone).then(pl.lit(today)).otherwise("purged")).select(*RECEIPT),
        )
    for sha256 in gone["sha256"].unique():
        archive.remove_bytes(sha256)
    for row in gone.iter_rows(named=True):
        logger.info(
            "Gallrad: %s/%s, %s, gällde senast %s, sha256 %s",
            row["organisation"], row["name"], row["register"], row["last_day"], row["sha256"],
        )  # fmt: skip
    return gone


def _organisations(archive: Archive) -> list[str]:
    return [name for name in archive.organisations() if name != CITY]


def _receipts(archive: Archive) -> pl.DataFrame:
    """Every receipt, with its organisation and the day on which it last came."""
    return pl.concat(
        archive.receipts(organisation).with_columns(
            organisation=pl.lit(organisation),
            came=pl.col("arrivals").list.last().struct.field("day"),
        )
        for organisation in {*archive.organisations(), CITY}
    )


def _standing(deliveries: pl.DataFrame) -> pl.DataFrame:
    """One row per file and content: whether it `counts` today or will, and when it `ended` where it once did."""
    in_turn = deliveries.filter(pl.col("status").is_in([IN_FORCE, REPLACED])).sort("position")
    next_came = pl.col("delivered").shift(-1).over(SEQUENCE)
    ends = in_turn.with_columns(
        ended=pl.when(pl.col("status") == REPLACED).then(next_came - timedelta(days=1)),
        counts=pl.col("status") == IN_FORCE,
    )
    coming = deliveries.filter(pl.col("status") == FUTURE).with_columns(counts=pl.lit(True), ended=None)
    both = pl.concat([ends, coming], how="diagonal_relaxed")
    return both.group_by(_FILE).agg(pl.col("counts").any(), pl.col("ended").cast(pl.Date).max())
