"""Which nights' files go when there have been many: old ones are thinned to the last of each month."""

from collections.abc import Collection
from datetime import date, timedelta

DAILY = timedelta(days=400)
"""So long every night's gaps and alerts stay: a year and a month, so that a review can go on from any night of its
year. Older ones stay for the last night of each month (docs/spec/interfaces.md, Runs)."""


def thinned(nights: Collection[date], before: date) -> set[date]:
    """The nights before a day that go: all but the last of each month."""
    last = {(night.year, night.month): night for night in sorted(nights)}
    return {night for night in nights if night < before and last[night.year, night.month] != night}
