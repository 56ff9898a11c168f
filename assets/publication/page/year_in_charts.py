"""The year in charts: how the states have moved, gaps opened and closed, kinds of incidents, and the days on which
deliveries came. Each with the table that has the same numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl
from markupsafe import Markup

from assets.publication import sv
from assets.publication.charts import STATES
from assets.publication.column_charts import Series, bars, calendar, columns
from assets.publication.page.gaps import LEFT_OUT
from assets.publication.page.html_table import Column, Download, Table, sheet, table
from assets.publication.report import Report
from assets.registers.vocabulary import INACTIVE

_STATES = [Series(state, css, ground, ink) for state, (css, ground, ink) in STATES.items()]
_OPENED = Series("öppnade", "tillstand-rod", "#a4161a")
_CLOSED = Series("stängda", "tillstand-gron", "#1a6b3a")
_INCIDENTS = Series("incidenter", "tillstand-information", "#2b5f91")
_CAME = Series("läst in", "tillstand-information", "#2b5f91")
_REFUSED = Series("avvisad", "tillstand-rod", "#a4161a")
_REFUSED_STATUS = ("avvisad",)
_FOLLOWED_DAYS = 90
"""For so long a closed gap is known (docs/spec/interfaces.md, bristlistor/stangda.csv)."""


@dataclass(frozen=True)
class Chart:
    """`note`: what a reader must know to read it right, empty where there is nothing."""

    heading: str
    ident: str
    picture: Markup
    table: Table
    note: str = ""


def charts(report: Report) -> list[Chart]:
    """The charts of the first page, those that have anything to show."""
    return [made for made in (_states(report), _gaps(report), _incidents(report)) if made]


def _states(report: Report) -> Chart | None:
    """The state of every indicator on the last known day of each month; None where there is but one month."""
    active = report.tables.history.filter(~pl.col("state").is_in(INACTIVE), pl.col("as_of") > _year_before(report))
    month = pl.col("as_of").dt.truncate("1mo").alias("month")
    last = active.filter(pl.col("as_of") == pl.col("as_of").max().over(month))
    last = last.unique(["as_of", "indicator"], keep="last", maintain_order=True)
    counts: dict[str, dict[str, int]] = {}
    days: dict[str, date] = {}
    for day, state, number in last.group_by("as_of", "state").len().sort("as_of").iter_rows():
        name = sv.months()[day.month - 1]
        days[name] = day
        counts.setdefault(name, {})[state] = number
    if len(counts) < 2:
        return None
    columns_ = [Column("Per datum", "dag"), *(Column(state.capitalize(), "tal") for state in STATES)]
    rows = [[days[name], *(own.get(state, 0) for state in STATES)] for name, own in reversed(counts.items())]
    first, now = next(iter(counts)), next(reversed(counts))
    words = f"{days[first]}: {_listed(counts[first])}. {days[now]}: {_listed(counts[now])}."
    picture = columns(counts, _STATES, "aret-status", "Indikatorernas status månad för månad", words, stacked=True)
    return _chart("Status över året", "aret-status", picture, columns_, rows, "Historik", "historik.csv")


def _year_before(report: Report) -> date:
    return report.run.as_of - timedelta(days=365)


def _listed(states: Mapping[str, int]) -> str:
    return ", ".join(f"{states[state]} {state}" for state in STATES if states.get(state))


def _gaps(report: Report) -> Chart | None:
    """Gaps opened and closed in each month that is known from its first day. Those that stood on the first night of
    all were opened at some time before it."""
    own, as_of = report.tables, report.run.as_of
    nights = own.history.filter("night")["as_of"]
    if report.is_city or nights.is_empty():
        return None
    first_night = nights.min()
    assert isinstance(first_night, date)
    opened = pl.concat(
        [own.gaps.filter(pl.col("key") != LEFT_OUT).select("opened"), own.closed_gaps.select("opened")]
    )
    opened = opened.filter(pl.col("opened") > first_night)
    since = max(first_night, as_of - timedelta(days=_FOLLOWED_DAYS))
    names = _months_between(since, as_of)
    by_month = {
        series.name: dict(days.to_frame("day").group_by(pl.col("day").dt.truncate("1mo")).len().rows())
        for series, days in ((_OPENED, opened["opened"]), (_CLOSED, own.closed_gaps["closed"]))
    }
    counts = {
        sv.months()[month.month - 1]: {name: found.get(month, 0) for name, found in by_month.items()}
        for month in names
    }
    if not any(number for months in counts.values() for number in months.values()):
        return None
    rows = [
        [f"{name} {month.year}", *own_.values()] for month, (name, own_) in zip(names, counts.items(), strict=True)
    ]
    words = "; ".join(
        f"{name}: {own_['öppnade']} öppnade, {own_['stängda']} stängda" for name, own_ in counts.items()
    )
    picture = columns(counts, [_OPENED, _CLOSED], "aret-brister", "Brister månad för månad", words, stacked=False)
    columns_ = [Column("Månad"), Column("Öppnade", "tal"), Column("Stängda", "tal")]
    note = f"Från {names[0]}: en stängd brist följs i {_FOLLOWED_DAYS} dagar."
    return _chart("Brister som öppnats och stängts", "aret-brister", picture, columns_, rows, "Stängda",
                  "bristlistor/stangda.csv", note)  # fmt: skip


def _months_between(since: date, as_of: date) -> list[date]:
    """The first days of the months that begin on `since` or later, B's own among them; where none does, B's."""
    found = [
        date(at // 12, at % 12 + 1, 1)
        for at in range(since.year * 12 + since.month - 1, as_of.year * 12 + as_of.month)
    ]
    return [month for month in found if month >= since] or found[-1:]


def _incidents(report: Report) -> Chart | None:
    kinds: dict[str, int] = dict(report.tables.incident_kinds.select("incident_kind", "incidents").iter_rows())
    if not kinds:
        return None
    words = ", ".join(f"{name}: {number}" for name, number in kinds.items())
    title = "Personuppgiftsincidenter de senaste tolv månaderna"
    picture = bars(kinds, _INCIDENTS, "aret-incidenter", title, words)
    columns_ = [Column("Typ"), Column("Antal", "tal")]
    return _chart("Personuppgiftsincidenter efter typ", "aret-incidenter", picture, columns_, list(kinds.items()),
                  note="Registrerade de senaste tolv månaderna.")  # fmt: skip


def delivery_days(report: Report) -> Markup | None:
    """The calendar of the year's deliveries, register by register; None where none came."""
    since = _year_before(report)
    came = report.tables.deliveries.filter(
        pl.col("delivered").is_between(since, report.run.known_at), pl.col("register").is_not_null()
    )
    lanes: dict[str, list[tuple[date, Series]]] = {}
    for register, day, status in (
        came.sort("register", "delivered").select("register", "delivered", "status").iter_rows()
    ):
        one = _REFUSED if status in _REFUSED_STATUS else _CAME
        lanes.setdefault(sv.sentence(sv.register_name(register)), []).append((day, one))
    if not lanes:
        return None
    refused = sum(one is _REFUSED for own in lanes.values() for _, one in own)
    words = (
        f"{sv.counted(came.height, 'leverans', 'leveranser')} till {sv.counted(len(lanes), 'register', 'register')}, "
        f"{refused} av dem avvisade. Dagarna står i tabellen Alla leveranser."
    )
    drawn = calendar(
        dict(sorted(lanes.items())), [_CAME, _REFUSED], since, max(report.run.known_at, report.run.as_of),
        "leveransdagar", "Leveranser dag för dag", words,
    )  # fmt: skip
    return Markup(drawn)  # noqa: S704 – escaped where it is drawn


def _chart(
    heading: str,
    ident: str,
    picture: str,
    columns_: Sequence[Column],
    rows: Sequence[Sequence[object]],
    sheet_name: str = "",
    file: str = "",
    note: str = "",
) -> Chart:
    downloads = (Download(file, file.rpartition("/")[2]), sheet(sheet_name)) if file else ()
    made = replace(
        table(f"{ident}-tal", f"{heading}: siffrorna", columns_, rows, downloads, sort=False), search=False
    )
    return Chart(heading, f"{ident}-bild", Markup(picture), made, note)  # noqa: S704 – escaped where it is drawn
