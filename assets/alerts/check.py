"""What of the alerts' own files can't be read. Nothing is changed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from assets.alerts import notify, outbox, state
from assets.damaged import Damage, set_aside


def alerts_damage(folder: Path) -> Iterator[Damage]:
    """The nights, letters and notifications that can't be read. `folder`: the alerts' own."""
    readers: dict[str, Callable[[Path], object]] = {
        "nights/*.parquet": state.read_state,
        "outbox/*.json": outbox.read_item,
        "notified.json": notify.read_states,
        "told.json": notify.read_states,
    }
    for pattern, read in readers.items():
        for path in sorted(folder.glob(pattern)):
            try:
                read(path)
            except (ValueError, pl.exceptions.PolarsError):
                where = f"alerts/{path.relative_to(folder)}"
                yield Damage(f"{where} går inte att läsa", "läggs undan", _setter(path))


def _setter(path: Path) -> Callable[[], object]:
    return lambda: set_aside(path, "innehållet går inte att läsa")
