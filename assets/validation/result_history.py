"""The results of the last nights, one Parquet file per B, for the history on the validation page.

<data>/validation/nights/<B>.parquet   every result of that night, without its texts and places
"""

from datetime import date
from pathlib import Path

import polars as pl

from assets.atomic import atomic_write
from assets.validation.results import RESULT, TEXTS, read_results

_LEFT_OUT = (*TEXTS, "places")


def keep_night(folder: Path, as_of: date, results: pl.DataFrame, keep: int) -> None:
    """Keeps a night's results, and of the earlier nights the newest, `keep` in all. A rerun writes the same file."""
    nights = folder / "nights"
    with atomic_write(nights / f"{as_of}.parquet") as draft:
        results.drop(_LEFT_OUT).write_parquet(draft)
    for old in sorted(nights.glob("*.parquet"))[:-keep]:
        old.unlink()


def nights_of(folder: Path, until: date, last: int) -> pl.DataFrame:
    """Returns the results of the `last` nights up to a day, oldest first: RESULT without texts and places, and
    `night`."""
    days = {day: path for path in (folder / "nights").glob("*.parquet") if (day := _day(path)) and day <= until}
    nights = [
        known.with_columns(night=pl.lit(day))
        for day in sorted(days)[-last:]
        if (known := read_results(days[day])) is not None
    ]
    kept = {name: kind for name, kind in RESULT.items() if name not in _LEFT_OUT}
    return pl.concat([pl.DataFrame(schema=kept | {"night": pl.Date}), *nights])


def _day(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.stem)
    except ValueError:
        return None  # no night's: passed over
