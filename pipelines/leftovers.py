"""What killed runs left half written outside the archive, which sees to its own (`Archive.tidy`)."""

import os
from collections.abc import Iterator
from pathlib import Path

from assets.atomic import drafts_in
from assets.intake.fetching.state import drafts_of_fetches
from assets.settings import Settings

_WRITTEN_BY_RUNS = ("alerts", "fetched", "history", "keys", "validation", "warehouse")
"""Folders of the data folder in which only who holds the run lock writes."""


def leftovers(settings: Settings) -> Iterator[Path]:
    """Drafts that no run needs any longer. To be called under the run lock, before anything is written."""
    tops = [settings.data, settings.published, settings.published / "reviews"]
    below = (Path(folder) for name in _WRITTEN_BY_RUNS for folder, _, _ in os.walk(settings.data / name))
    for folder in (*tops, *below):
        yield from drafts_in(folder)
    yield from drafts_of_fetches(settings.fetched)
