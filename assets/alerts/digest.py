"""What one reader is told of one night: what is new, what is closed, what remains. Counts, never rows of people."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from assets.alerts.configuration import Mute
from assets.alerts.state import CLOSED_DAYS
from assets.alerts.vocabulary import CLOCK, KINDS

MAX_LINES = 15
"""So many alerts of one kind are told in full in one section; larm.csv lists them all."""


@dataclass(frozen=True)
class Group:
    """The alerts of one kind under one heading."""

    kind: str
    count: int
    lines: Sequence[str]

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Remaining:
    """What is still open of one kind, and for how many days the oldest has been."""

    kind: str
    count: int
    days: int


@dataclass(frozen=True)
class Section:
    """One organisation. `clocks`: every statutory clock that runs, new or not. `muted`: open, but not to be told."""

    organisation: str
    clocks: Sequence[Group]
    new: Sequence[Group]
    closed: Sequence[Group]
    remaining: Sequence[Remaining]
    muted: int


@dataclass(frozen=True)
class Digest:
    """One mail. `open`: alerts of every section, new or not. `weekly`: it also sums up the week, told in `raised`
    and `ended`."""

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
    """Mondays sum up the week."""
    return night.isoweekday() == 1


def muted(mutes: Sequence[Mute], night: date) -> pl.Expr:
    """Whether an alert is muted that night."""
    applies = pl.lit(False)
    for mute in mutes:
        if mute.until >= night:
            applies = applies | pl.all_horizontal(pl.col(name) == value for name, value in mute.selects.items())
    return applies.fill_null(False)


def digest(state: pl.DataFrame, mutes: Sequence[Mute], night: date, new: Set[str], closed: Set[str]) -> Digest:
    """The digest of the alerts in `state`, where `new` and `closed` are the ids that are news."""
    is_muted = muted(mutes, night)
    told, silent = state.filter(~is_muted), state.filter(is_muted & pl.col("closed").is_null())
    is_new, is_closed = pl.col("id").is_in(list(new)), pl.col("id").is_in(list(closed))
    sections = [
        _section(organisation, told, silent, is_new, is_closed, night)
        for organisation in sorted({*told["organisation"], *silent["organisation"]})
    ]
    week = night - timedelta(days=CLOSED_DAYS)
    is_open = pl.col("closed").is_null()
    return Digest(
        night=night,
        sections=[section for section in sections if _says_something(section)],
        new=told.filter(is_new).height,
        closed=told.filter(is_closed).height,
        clocks=told.filter(is_open & (pl.col("kind") == CLOCK)).height,
        open=told.filter(is_open).height,
        weekly=is_weekly(night),
        raised=told.filter(pl.col("since") > week).height,
        ended=told.filter(pl.col("closed") > week).height,
    )


def _section(
    organisation: str, told: pl.DataFrame, silent: pl.DataFrame, is_new: pl.Expr, is_closed: pl.Expr, night: date
) -> Section:
    own = told.filter(pl.col("organisation") == organisation)
    is_open, is_clock = pl.col("closed").is_null(), pl.col("kind") == CLOCK
    remaining = own.filter(is_open & ~is_new & ~is_clock)
    return Section(
        organisation=organisation,
        clocks=_clocks(own.filter(is_open & is_clock)),
        new=_groups(own.filter(is_open & is_new & ~is_clock)),
        closed=_groups(own.filter(is_closed)),
        remaining=[
            Remaining(kind, len(since), (night - min(since)).days)
            for kind in KINDS
            if (since := remaining.filter(pl.col("kind") == kind)["since"].to_list())
        ],
        muted=silent.filter(pl.col("organisation") == organisation).height,
    )


def _clocks(rows: pl.DataFrame) -> list[Group]:
    """All of them, and first those that can still be met."""
    texts = rows["text"].sort(descending=True).to_list()
    return [Group(CLOCK, len(texts), texts)] if texts else []


def _groups(rows: pl.DataFrame) -> list[Group]:
    return [
        Group(kind, len(texts), texts[:MAX_LINES])
        for kind in KINDS
        if (texts := rows.filter(pl.col("kind") == kind)["text"].to_list())
    ]


def _says_something(section: Section) -> bool:
    return bool(section.clocks or section.new or section.closed or section.remaining or section.muted)
