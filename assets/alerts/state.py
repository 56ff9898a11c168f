"""New, still open, closed: how a night goes on from the one before. One file per night.

    nights/<B>.parquet   every alert as that night left it (STATE)

A rerun of a night goes on from the night before it again, so it comes to the same. What the same night had
raised in an earlier run and is over by now is closed, for somebody may have been told of it.
"""

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from assets.alerts.vocabulary import KINDS, SEVERITIES, STATE
from assets.atomic import atomic_write

CLOSED_DAYS = 7
"""So long a closed alert stays listed (docs/spec/interfaces.md, larm.csv)."""


def go_on(
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
    hidden = gone.join(unseen, on=["organisation", "kind"], how="semi").select("id")
    is_hidden = pl.col("id").is_in(hidden["id"].implode())
    closed = gone.with_columns(closed=pl.coalesce("closed", pl.when(~is_hidden).then(pl.lit(night)))).filter(
        pl.col("closed").is_null() | (pl.col("closed") > night - timedelta(days=CLOSED_DAYS))
    )
    return pl.concat([still.select(*STATE), closed.select(*STATE)]).sort(_order())


def condition(night: date) -> pl.Expr:
    """`Tillstånd` of larm.csv."""
    return (
        pl.when(pl.col("closed").is_not_null())
        .then(pl.lit("stängt"))
        .when(pl.col("since") == night)
        .then(pl.lit("nytt"))
        .otherwise(pl.lit("kvarstår"))
    )


def before(folder: Path, night: date) -> pl.DataFrame:
    """The state that the last night before this one left; empty where there was none."""
    nights = [path for path in sorted((folder / "nights").glob("*.parquet")) if path.stem < night.isoformat()]
    return _read(nights[-1]) if nights else _nothing()


def of(folder: Path, night: date) -> pl.DataFrame:
    """The state that an earlier run of this very night left; empty where there was none."""
    path = _path(folder, night)
    return _read(path) if path.exists() else _nothing()


def keep(folder: Path, night: date, state: pl.DataFrame) -> None:
    with atomic_write(_path(folder, night)) as draft:
        state.write_parquet(draft)


def _path(folder: Path, night: date) -> Path:
    return folder / "nights" / f"{night}.parquet"


def _read(path: Path) -> pl.DataFrame:
    return pl.read_parquet(path).select(pl.col(name).cast(kind) for name, kind in STATE.items())


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema=STATE)


def _order() -> list[pl.Expr]:
    """By organisation; open before closed, then as urgent as its kind and severity are."""
    return [
        pl.col("organisation"),
        pl.col("closed").is_not_null(),
        pl.col("severity").replace_strict(SEVERITIES, range(len(SEVERITIES)), return_dtype=pl.Int64),
        pl.col("kind").replace_strict(KINDS, range(len(KINDS)), return_dtype=pl.Int64),
        pl.col("register").fill_null(""),
        pl.col("indicator").fill_null(""),
        pl.col("text"),
        pl.col("id"),
    ]
