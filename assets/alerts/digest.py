"""What one reader is sent of one night: what is new, what is closed, what remains. Counts, never rows of people."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from assets.alerts.configuration import Mute
from assets.alerts.state import CLOSED_DAYS
from assets.alerts.vocabulary import Kind

MAX_LINES, MAX_CLOCKS = 15, 100
"""So many alerts of one kind, and statutory clocks, are written out in one section; larm.csv lists them all."""


@dataclass(frozen=True)
class Group:
    """The alerts of one kind under one heading."""

    kind: str
    count: int
    lines: Sequence[str]

    @property
    def more(self) -> int:
        """Alerts that aren't among the lines."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Remaining:
    """What is still open of one kind, and for how many days the oldest has been."""

    kind: str
    count: int
    days: int


@dataclass(frozen=True)
class Section:
    """One organisation. `clocks`: every statutory clock that runs, new or not. `muted`: open alerts that a mute
    keeps out of the rest."""

    organisation: str
    clocks: Sequence[Group]
    new: Sequence[Group]
    closed: Sequence[Group]
    remaining: Sequence[Remaining]
    muted: int


@dataclass(frozen=True)
class Digest:
    """One mail. `open`: alerts of every section, new or not. `weekly`: it also sums up the week, in `raised` and
    `ended`."""

    night: date
    sections: Sequence[Section]
    new: int
    closed: int
    clocks: int
    open: int
    weekly: bool
    raised: int
    ended: int


def is_weekly(night: date) -> bool:
    """Whether the night's digest sums up the week: Mondays do."""
    return night.isoweekday() == 1


def with_muted(state: pl.DataFrame, mutes: Sequence[Mute], night: date) -> pl.DataFrame:
    """The rows of STATE with one column more, `muted`: whether a mute keeps the alert from readers that night."""
    conditions = [
        pl.all_horizontal(pl.col(name) == value for name, value in mute.selects.items()).fill_null(False)
        for mute in mutes
        if mute.until >= night
    ]
    # a mute's condition is a column of the table's height, whatever it holds; a bare literal is not
    # (Polars 2.1 filters wrongly by one from 16,384 rows on)
    never = pl.col("id").is_null()
    return state.with_columns(muted=pl.any_horizontal(never, *conditions))


def digest(state: pl.DataFrame, mutes: Sequence[Mute], night: date, new: Set[str], closed: Set[str]) -> Digest:
    """Returns the digest of the alerts in `state` (STATE), where `new` and `closed` are the ids that are news."""
    alerts = with_muted(state, mutes, night).with_columns(
        is_open=pl.col("closed").is_null(),
        is_clock=pl.col("kind") == Kind.DEADLINE,
        is_new=pl.col("id").is_in(pl.Series(sorted(new), dtype=pl.String).implode()),
        is_closed=pl.col("id").is_in(pl.Series(sorted(closed), dtype=pl.String).implode()),
    )
    audible = alerts.filter(~pl.col("muted"))
    sections = [
        _section(own["organisation"][0], own, night)
        for own in alerts.sort("organisation", maintain_order=True).partition_by("organisation", maintain_order=True)
    ]
    week = night - timedelta(days=CLOSED_DAYS)
    return Digest(
        night=night,
        sections=[section for section in sections if _says_something(section)],
        new=audible.filter("is_new").height,
        closed=audible.filter("is_closed").height,
        clocks=audible.filter("is_open", "is_clock").height,
        open=audible.filter("is_open").height,
        weekly=is_weekly(night),
        raised=audible.filter(pl.col("since") > week).height,
        ended=audible.filter(pl.col("closed") > week).height,
    )


def _section(organisation: str, alerts: pl.DataFrame, night: date) -> Section:
    audible = alerts.filter(~pl.col("muted"))
    remaining = audible.filter("is_open", ~pl.col("is_new"), ~pl.col("is_clock"))
    ages = _by_kind(remaining, "since")
    return Section(
        organisation=organisation,
        clocks=_clocks(audible.filter("is_open", "is_clock")),
        new=_groups(audible.filter("is_open", "is_new", ~pl.col("is_clock"))),
        closed=_groups(audible.filter("is_closed")),
        remaining=[Remaining(kind, len(since), (night - min(since)).days) for kind, since in ages.items()],
        muted=alerts.filter("muted", "is_open").height,
    )


def _clocks(rows: pl.DataFrame) -> list[Group]:
    """First those that can still be met: a clock's text begins with its limit."""
    texts = rows["text"].sort(descending=True).to_list()
    return [Group(Kind.DEADLINE.value, len(texts), texts[:MAX_CLOCKS])] if texts else []


def _groups(rows: pl.DataFrame) -> list[Group]:
    return [Group(kind, len(texts), texts[:MAX_LINES]) for kind, texts in _by_kind(rows, "text").items()]


def _by_kind(rows: pl.DataFrame, column: str) -> dict[str, list[Any]]:
    """Kind → the column's values, kinds in their own order and values in the rows'."""
    values = dict(rows.group_by("kind", maintain_order=True).agg(column).rows())
    return {kind.value: values[kind] for kind in Kind if kind in values}


def _says_something(section: Section) -> bool:
    return bool(section.clocks or section.new or section.closed or section.remaining or section.muted)
