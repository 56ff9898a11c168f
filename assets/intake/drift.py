"""What a source's newest deliveries have that it never had before, and that nothing maps (docs/spec/sources.md).

A day from which deliveries are known is compared with all days before it, so that what came together is no news of
one another. The first day of a source is compared with nothing: nothing has changed yet, and `lagesbild check` shows
what its files hold. It is news only as long as nothing newer has come of the same sequence.
"""

from collections.abc import Sequence

import polars as pl

from assets.intake.privacy import masked
from assets.intake.sources.unread_words import MAX_WORDS
from assets.registers.comparable import heading_key
from assets.registers.shapes import DRIFT
from assets.registers.vocabulary import DeliveryStatus

_SOURCE = ("organisation", "register", "source")
_ACCEPTED = (DeliveryStatus.IN_FORCE, DeliveryStatus.REPLACED, DeliveryStatus.REPEATED)


def drift(seen: pl.DataFrame) -> pl.DataFrame:
    """Rows of DRIFT. `seen`: what `deliveries.resolved` gives. Deliveries that no source reads have none, nor have
    refused ones, whose alert is another."""
    came = pl.col("arrivals").list.first().struct.field("day")
    accepted = seen.filter(pl.col("source").is_not_null(), pl.col("status").is_in(_ACCEPTED)).select(
        *_SOURCE,
        "unknown",
        "words",
        delivery="name",
        position="position",
        seen=pl.max_horizontal("delivered", came),
        is_newest=pl.col("position") == pl.col("position").max().over(*_SOURCE, "sequence"),
    )
    found = pl.concat([_new_headings(accepted), _new_words(accepted)], how="diagonal_relaxed")
    return found.select(pl.col(name).cast(kind) for name, kind in DRIFT.schema.items()).sort(list(DRIFT.columns))


def _new_headings(accepted: pl.DataFrame) -> pl.DataFrame:
    """One row per heading, compared as headings are."""
    known = _with_first_day(accepted, "unknown").explode("unknown").drop_nulls("unknown")
    # receipts of earlier versions hold addresses; those whose bytes are purged are never made anew
    shown = {heading: masked(heading) for heading in known["unknown"].unique()}
    keys = {heading: heading_key(heading) or heading for heading in shown.values()}
    named = known.with_columns(heading=pl.col("unknown").replace_strict(shown, return_dtype=pl.String))
    keyed = named.with_columns(key=pl.col("heading").replace_strict(keys, return_dtype=pl.String))
    return (
        _news(keyed, ["key"]).group_by(*_SOURCE, "seen", "key").agg(pl.col("heading", "delivery").last()).drop("key")
    )


def _new_words(accepted: pl.DataFrame) -> pl.DataFrame:
    """One row per column with how many. Where it had more words than are kept, nobody can tell which are new."""
    columns = _with_first_day(accepted, "words").explode("words").drop_nulls("words").unnest("words")
    is_full = pl.col("words").list.len() >= MAX_WORDS
    full_since = pl.col("seen").filter(is_full).min().over(*_SOURCE, "column")
    words = columns.with_columns(full_since=full_since).explode("words").drop_nulls("words")
    news = _news(words, ["column", "words"]).filter((pl.col("seen") <= pl.col("full_since")).fill_null(True))
    return news.group_by(*_SOURCE, "seen", "column").agg(pl.col("words").n_unique(), pl.col("delivery").last())


def _with_first_day(accepted: pl.DataFrame, kept: str) -> pl.DataFrame:
    """The deliveries of which it is kept (receipts of earlier versions don't have all), oldest first, with the first
    day of their source's."""
    known = accepted.filter(pl.col(kept).is_not_null()).sort("position")
    return known.with_columns(first_day=pl.col("seen").min().over(_SOURCE))


def _news(known: pl.DataFrame, what: Sequence[str]) -> pl.DataFrame:
    """What newest deliveries have and no delivery known before them had."""
    is_first = pl.col("seen") == pl.col("seen").min().over(*_SOURCE, *what)
    return known.filter(is_first & (pl.col("seen") > pl.col("first_day"))).filter("is_newest")
