"""Dates and times of day as text → days and instants, in every spelling that docs/spec/interfaces.md allows.

Most cells are ISO and are read in one step; the rest is read once per distinct text of a delivery.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

ZONE = "Europe/Stockholm"

FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
"""Excel serials that are days (docs/spec/interfaces.md, Reading a file): 1954 to 2119."""
FIRST_SERIAL_DAY = date(1899, 12, 30) + timedelta(days=FIRST_SERIAL)
SERIAL = r"^\d{5}(?:[.,]\d+)?$"
SHIFT_1904 = timedelta(days=1462)
"""How much later a serial's day is in a workbook whose epoch is 1904."""

_ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"
_ISO_MOMENT = r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:[0-5]\d$"
_TIME_OF_DAY = (
    r"^(?<day>.*?)(?:(?:T|\s+)(?<hour>\d{1,2})[:.](?<minute>\d{2})(?:[:.](?<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?$"
)
_MONTH_NAMES = (
    "januari jan", "februari feb", "mars mar", "april apr", "maj", "juni jun",
    "juli jul", "augusti aug", "september sept sep", "oktober okt", "november nov", "december dec",
)  # fmt: skip
MONTHS = {name: str(number) for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_READINGS: dict[str, pl.DataType | type[pl.DataType]] = {
    "text": pl.String, "first": pl.Datetime("us"), "last": pl.Datetime("us"), "stockholm_day": pl.Date,
}  # fmt: skip
_EXCEL_EPOCH = pl.date(1899, 12, 30)


def days(texts: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The day that each text of these columns says, also where it says a time of that day; null where none."""
    if not names:
        return pl.DataFrame()
    fast = texts.select(_only(name, _ISO_DAY).str.to_date("%Y-%m-%d", strict=False) for name in names)
    readings = _read_distinct(_distinct_left(texts, fast))
    days_of = {name: pl.coalesce(fast[name], _reading(fast[name], readings, "stockholm_day")) for name in names}
    return texts.select(pl.when(_is_in_calendar(day)).then(day).alias(name) for name, day in days_of.items())


def moments(texts: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """When something happened: under each column's name and `_last` the first and the last instant it can have
    been, and under `_day` its day in Stockholm; all null where the text can't be read.

    Instants are UTC without a zone. They are the same where a time of day was given; else they are the
    ends of that day. A wall time that occurs twice is the first of the two; one that doesn't exist is read
    with the offset before the change; a time with a zone keeps its instant (docs/spec/indicators.md, "Common terms").
    """
    if not names:
        return pl.DataFrame()
    fast = texts.select(
        _only(name, _ISO_MOMENT).str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us", strict=False) for name in names
    )
    readings = _read_distinct(_distinct_left(texts, fast))
    return texts.select(expression for name in names for expression in _moment(fast[name], readings))


def _moment(iso: pl.Series, readings: pl.DataFrame) -> list[pl.Expr]:
    at = pl.lit(pl.select(_instant(pl.lit(iso))).to_series())
    fields = {
        iso.name: pl.coalesce(at, _reading(iso, readings, "first")),
        f"{iso.name}_last": pl.coalesce(at, _reading(iso, readings, "last")),
        f"{iso.name}_day": pl.coalesce(pl.lit(iso).dt.date(), _reading(iso, readings, "stockholm_day")),
    }
    readable = pl.all_horizontal(_is_in_calendar(value) for value in fields.values())
    return [pl.when(readable).then(value).alias(field) for field, value in fields.items()]


def _is_in_calendar(moment: pl.Expr) -> pl.Expr:
    """Whether the calendar has it: years are 1 to 9999, for everything that reads what lands."""
    return moment.dt.year().is_between(1, 9999)


def _only(name: str, shape: str) -> pl.Expr:
    return pl.when(pl.col(name).str.contains(shape)).then(pl.col(name))


def _distinct_left(texts: pl.DataFrame, fast: pl.DataFrame) -> pl.Series:
    """The distinct texts that the fast reading left."""
    left = texts.select(
        pl.col(name).filter(pl.lit(fast[name]).is_null()).drop_nulls().unique().implode() for name in fast.columns
    )
    return pl.concat([left[name].explode().rename("text") for name in left.columns]).drop_nulls().unique()


def _reading(fast: pl.Series, readings: pl.DataFrame, field: str) -> pl.Expr:
    """What the texts of a column that the fast reading left say, by way of the distinct ones; a scalar null where
    there were none."""
    dtype = readings.schema[field]
    if readings.is_empty():
        return pl.lit(None, dtype)
    left = pl.when(pl.lit(fast).is_null()).then(pl.col(fast.name))
    return left.replace_strict(readings["text"], readings[field], default=None, return_dtype=dtype)


def _instant(wall: pl.Expr) -> pl.Expr:
    """The UTC instant of a Stockholm wall time; an hour earlier has the offset before a spring change."""

    def known(expr: pl.Expr) -> pl.Expr:
        zoned = expr.dt.replace_time_zone(ZONE, ambiguous="earliest", non_existent="null")
        return zoned.dt.convert_time_zone("UTC").dt.replace_time_zone(None)

    return pl.coalesce(known(wall), known(wall.dt.offset_by("-1h")).dt.offset_by("1h"))


def _read_distinct(text: pl.Series) -> pl.DataFrame:
    """Each text with the `first` and the `last` instant that it can mean, and its `stockholm_day`; it says a day
    alone, a wall time in Stockholm, or a time with a zone."""
    if text.is_empty():
        return pl.DataFrame(schema=_READINGS)
    parts = _parts(text)
    hour, minute, second = (pl.col(part).cast(pl.Int64) for part in ("hour", "minute", "second"))
    possible = (hour < 24) & (minute < 60) & (second.fill_null(0) < 60)
    clock = pl.duration(hours=hour, minutes=minute, seconds=second.fill_null(0))
    at_clock = pl.when(possible).then(pl.col("day").cast(pl.Datetime("us")) + clock)
    zoned = pl.col("zone").is_not_null()
    read = parts.select(
        "text",
        day=pl.when(hour.is_null()).then("day"),
        wall=pl.when(hour.is_null()).then(_serial_moment(pl.col("serial"))).when(~zoned).then(at_clock),
        utc=pl.when(zoned).then(at_clock - _offset(pl.col("zone"))),
    )
    local = pl.col("utc").dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE)
    midnight = pl.col("day").cast(pl.Datetime("us"))
    end_of_day = _instant(midnight.dt.offset_by("1d")).dt.offset_by("-1us")
    return read.with_columns(first=pl.coalesce("utc", _instant(pl.coalesce("wall", midnight)))).select(
        "text",
        "first",
        last=pl.when(pl.col("day").is_null()).then("first").otherwise(end_of_day),
        stockholm_day=pl.coalesce("day", pl.col("wall").dt.date(), local.dt.date()),
    )


def _parts(text: pl.Series) -> pl.DataFrame:
    """Each text with its `day`, the serial that it says one with, and the parts of its time of day as texts.

    What is used more than once is a column: as one expression Polars worked it out once for each use, and planning
    that took most of a small delivery's time.
    """
    parts = text.to_frame("text").select("text", pl.col("text").str.extract_groups(_TIME_OF_DAY).struct.unnest())
    serials = parts.with_columns(serial=_serial(pl.col("day")))
    return serials.with_columns(day=pl.coalesce(_day_in(pl.col("day")), _serial_day(pl.col("serial"))))


def _day_in(text: pl.Expr) -> pl.Expr:
    """`2023-10-31`, `20231031`, `31/10/2023`, `31.10.2023` (day first), `31 okt 2023`, `31 oktober 2023`."""
    named = text.str.to_lowercase().str.extract_groups(r"^(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})$")
    month = named.struct[1].replace_strict(MONTHS, default=None, return_dtype=pl.String)
    in_words = pl.concat_str([named.struct[0], month, named.struct[2]], separator=" ")
    return pl.coalesce(
        _calendar_day(text, r"^\d{4}-\d{2}-\d{2}$", "%Y-%m-%d"),
        _calendar_day(text, r"^\d{8}$", "%Y%m%d"),
        _calendar_day(text, r"^\d{1,2}/\d{1,2}/\d{4}$", "%d/%m/%Y"),
        _calendar_day(text, r"^\d{1,2}\.\d{1,2}\.\d{4}$", "%d.%m.%Y"),
        in_words.str.to_date("%d %m %Y", strict=False),
    )


def _calendar_day(text: pl.Expr, shape: str, spelling: str) -> pl.Expr:
    return pl.when(text.str.contains(shape)).then(text).str.to_date(spelling, strict=False)


def _serial(text: pl.Expr) -> pl.Expr:
    """An Excel serial: a number of days between 20000 and 80000 (1954 to 2119), perhaps with a fraction."""
    number = pl.when(text.str.contains(SERIAL)).then(text).str.replace(",", ".", literal=True).cast(pl.Float64)
    return pl.when(number.is_between(FIRST_SERIAL, LAST_SERIAL)).then(number)


def _serial_day(serial: pl.Expr) -> pl.Expr:
    return pl.when(serial == serial.floor()).then(_EXCEL_EPOCH + pl.duration(days=serial.floor().cast(pl.Int64)))


def _serial_moment(serial: pl.Expr) -> pl.Expr:
    """A serial with a fraction: the day and, to the second, the time of it."""
    seconds = (serial * 86_400).round().cast(pl.Int64)
    moment = _EXCEL_EPOCH.cast(pl.Datetime("us")) + pl.duration(seconds=seconds)
    return pl.when(serial != serial.floor()).then(moment)


def _offset(zone: pl.Expr) -> pl.Expr:
    """`Z`, `+02`, `+0200`, `+02:00` as a duration."""
    sign = pl.when(zone.str.starts_with("-")).then(-1).otherwise(1)
    hours = zone.str.extract(r"^[+-](\d{2})").cast(pl.Int64).fill_null(0)
    minutes = zone.str.extract(r"^[+-]\d{2}:?(\d{2})$").cast(pl.Int64).fill_null(0)
    return pl.duration(minutes=sign * (60 * hours + minutes))
