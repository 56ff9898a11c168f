"""New, still open, closed: how a night goes on from the one before. One file per night.

    nights/<B>.parquet   every alert as that night left it (STATE)

A rerun of a night goes on from the night before it again, so it comes to the same. What the same night had
raised in an earlier run and is over by now is closed, for somebody may have been notified of it.
"""

import logging
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from assets.alerts.shapes import STATE
from assets.alerts.vocabulary import Kind, Severity
from assets.atomic import atomic_write
from assets.damaged import ENDING, read_or_set_aside
from assets.retention import DAILY, thinned

logger = logging.getLogger("lagesbild.alerts")

CLOSED_DAYS = 7
"""So long a closed alert stays listed (docs/spec/interfaces.md, larm.csv)."""


def advance(
    earlier: pl.DataFrame, same_night: pl.DataFrame, found: pl.DataFrame, unseen: pl.DataFrame, night: date
) -> pl.DataFrame:
    """Tonight's STATE from the night before, an earlier run of tonight, and what is found.

    An alert that isn't found is closed, unless its organisation and kind are among the `unseen`.
    """
    known = pl.concat([earlier, same_night.join(earlier, on="id", how="anti")])
    open_since = known.filter(pl.col("closed").is_null()).select("id", earlier_since="since")
    still = found.join(open_since, on="id", how="left").with_columns(
        since=pl.coalesce("earlier_since", pl.lit(night)), closed=pl.lit(None, pl.Date)
    )
    gone = known.join(found, on="id", how="anti")
    seen = gone.join(unseen, on=["organisation", "kind"], how="anti").with_columns(
        closed=pl.coalesce("closed", pl.lit(night))
    )
    hidden = gone.join(unseen, on=["organisation", "kind"], how="semi")
    recently = pl.col("closed").is_null() | (pl.col("closed") > night - timedelta(days=CLOSED_DAYS))
    ended = pl.concat([seen.select(*STATE), hidden.select(*STATE)]).filter(recently)
    return pl.concat([still.select(*STATE), ended]).sort(_order())


def condition(night: date) -> pl.Expr:
    """`Tillstånd` of larm.csv."""
    return (
        pl.when(pl.col("closed").is_not_null())
        .then(pl.lit("stängt"))
        .when(pl.col("since") == night)
        .then(pl.lit("nytt"))
        .otherwise(pl.lit("kvarstår"))
    )


def state_before(folder: Path, night: date) -> pl.DataFrame:
    """The STATE that the last night before this one left, of those that can be read; empty where there was none."""
    for day, path in reversed(_nights(folder)):
        if day < night and (state := read_or_set_aside(path, read_state)) is not None:
            return state
    return _empty()


def state_of_night(folder: Path, night: date) -> pl.DataFrame:
    """The STATE that an earlier run of this very night left; empty where there was none."""
    state = read_or_set_aside(_path(folder, night), read_state)
    return _empty() if state is None else state


def keep_state(folder: Path, night: date, state: pl.DataFrame) -> None:
    """Makes it what the next night goes on from, and thins old nights to month ends."""
    with atomic_write(_path(folder, night)) as draft:
        state.write_parquet(draft)
    for old in thinned({day for day, _ in _nights(folder)}, before=night - DAILY):
        _path(folder, old).unlink()


def _nights(folder: Path) -> list[tuple[date, Path]]:
    """The nights that have left a STATE, oldest first. Any other file is passed over with a word."""
    found = []
    for path in sorted((folder / "nights").glob("*")):
        try:
            found.append((date.fromisoformat(path.name.removesuffix(".parquet")), path))
        except ValueError:
            if not path.name.startswith(".") and path.suffix != ENDING:
                logger.warning("alerts/nights/%s hör inte till larmen och läses inte", path.name)
    return found


def _path(folder: Path, night: date) -> Path:
    return folder / "nights" / f"{night}.parquet"


def read_state(path: Path) -> pl.DataFrame:
    """The STATE in a file. Raises what Polars raises where it is none."""
    return pl.read_parquet(path.read_bytes()).select(pl.col(name).cast(kind) for name, kind in STATE.items())


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema=STATE)


def _order() -> list[pl.Expr]:
    """By organisation; open before closed, then as urgent as its severity and kind are."""
    return [
        pl.col("organisation"),
        pl.col("closed").is_not_null(),
        pl.col("severity").cast(pl.Enum(Severity)),
        pl.col("kind").cast(pl.Enum(Kind)),
        pl.col("register").fill_null(""),
        pl.col("indicator").fill_null(""),
        pl.col("text"),
        pl.col("id"),
    ]
