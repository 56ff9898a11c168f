"""Dates in a source's own formats → ISO texts that the contract reads.

The formats are strptime's, tried in order; names of months and days are read in Swedish and English, AM and PM also
as fm and em. `epoch_s` and `epoch_ms` are counts since 1970 UTC.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl

from assets.intake.sources.column_mapping import EPOCH_FORMATS

_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = (
    "januari january jan", "februari february feb", "mars march mar", "april apr", "maj may", "juni june jun",
    "juli july jul", "augusti august aug", "september sept sep", "oktober october okt oct", "november nov",
    "december dec",
)  # fmt: skip
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS = (
    "måndag monday mån mon", "tisdag tuesday tis tue", "onsdag wednesday ons wed", "torsdag thursday tors tor thu",
    "fredag friday fre fri", "lördag saturday lör sat", "söndag sunday sön sun",
)  # fmt: skip
_NAMES = {
    name: english
    for names, all_english in ((_MONTHS, _ENGLISH_MONTHS), (_DAYS, _ENGLISH_DAYS))
    for spellings, english in zip(names, all_english, strict=True)
    for name in spellings.split()
} | {"fm": "am", "em": "pm"}
_LETTER = r"\p{L}"
_SOME_MOMENT = datetime(2026, 10, 31, 13, 45, tzinfo=UTC)

_TIME_OF_DAY = re.compile(r"%[HIMSTRf]")
ISO = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
_ISO_FORMATS = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d")


def read_formats(texts: pl.Series, formats: Sequence[str], zone: str | None) -> pl.Series:
    """Each text as an ISO day, wall time or (with a zone) UTC instant; null where it fits none of the formats.

    A date cell of a workbook, or its ISO text, always fits. Without a zone a time of day is Stockholm's wall time.
    """
    distinct = texts.drop_nulls().unique()
    if distinct.is_empty():
        return pl.Series(texts.name, [None] * len(texts), dtype=pl.String)
    iso = distinct.str.replace(" ", "T", literal=True)
    readings = [_in_format(iso, wanted, zone) for wanted in _ISO_FORMATS]
    is_iso = distinct.str.contains(ISO)
    readings = [pl.select(pl.when(is_iso).then(reading)).to_series() for reading in readings]
    plain = _with_english_names(distinct)
    readings += [
        _epoch(distinct, wanted) if wanted in EPOCH_FORMATS else _in_format(plain, _lowered(wanted), zone)
        for wanted in formats
    ]
    read = pl.select(pl.coalesce(readings)).to_series()
    return texts.replace_strict(distinct, read, default=None, return_dtype=pl.String)


def gives_days(wanted: str, zone: str | None = None) -> bool:
    """Whether what is written in the format, in the zone, can be read as a day."""
    if wanted in EPOCH_FORMATS:
        return True
    try:
        (read,) = read_formats(pl.Series([_SOME_MOMENT.strftime(wanted)]), (wanted,), zone)
    except pl.exceptions.PolarsError:
        return False
    return str(read).startswith(_SOME_MOMENT.date().isoformat())


def _lowered(wanted: str) -> str:
    """The format with what stands between its directives in lower case, as the texts are then, and without the dot
    that may follow a name."""
    lowered = re.sub(r"%.|[^%]+", lambda part: part[0] if part[0].startswith("%") else part[0].lower(), wanted)
    return re.sub(r"(%[AaBb])\.", r"\1", lowered)


def _in_format(texts: pl.Series, wanted: str, zone: str | None) -> pl.Series:
    pattern = wanted.replace(".%f", "%.f").replace("%b", "%B").replace("%a", "%A")
    if "%p" in pattern and "%I" not in pattern:  # the hour of 24 says it already
        pattern, texts = re.sub(r" ?%p", "", pattern), texts.str.replace(r" ?\b[ap]m\b", "")
    if not _TIME_OF_DAY.search(wanted):
        days = texts.str.to_date(pattern, strict=False)
        return _with_four_digit_year(days, texts, pattern).cast(pl.String)
    if "%z" in wanted:
        offset = texts.str.replace(r"(\d)z\b", "${1}+0000")
        instants = offset.str.to_datetime(pattern, time_unit="us", strict=False, time_zone="UTC")
        return _instant_text(_with_four_digit_year(instants, texts, pattern))
    wall = _with_four_digit_year(texts.str.to_datetime(pattern, time_unit="us", strict=False), texts, pattern)
    return wall.dt.strftime("%Y-%m-%d %H:%M:%S") if zone is None else _instant_text(_in_zone(wall, zone))


def _with_four_digit_year(read: pl.Series, texts: pl.Series, pattern: str) -> pl.Series:
    """What was read, but for `26` taken for the year 26: %Y stands for four digits."""
    if "%Y" not in pattern and "%F" not in pattern:
        return read
    year = pl.lit(read).dt.year()
    has_four_digits = (year >= 1000) | pl.lit(texts).str.contains(year.cast(pl.String).str.zfill(4), literal=True)
    return pl.select(pl.when(has_four_digits).then(pl.lit(read))).to_series()


def _in_zone(wall: pl.Series, zone: str) -> pl.Series:
    """The instant of a wall time of the zone: of two the first, and where there is none by the offset before."""

    def zoned(times: pl.Series) -> pl.Series:
        return times.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")

    hour_later = zoned(wall.dt.offset_by("-1h")).dt.offset_by("1h")
    return pl.select(pl.coalesce(zoned(wall), hour_later)).to_series()


def _epoch(texts: pl.Series, unit: str) -> pl.Series:
    number = texts.str.extract(r"^\s*(-?\d{1,16}(?:\.\d+)?)\s*$").cast(pl.Float64, strict=False)
    microseconds = (number * (1_000_000 if unit == "epoch_s" else 1_000)).round().cast(pl.Int64, strict=False)
    return _instant_text(microseconds.cast(pl.Datetime("us", "UTC")))


def _instant_text(instants: pl.Series) -> pl.Series:
    return instants.dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def _with_english_names(texts: pl.Series) -> pl.Series:
    lowered = texts.str.normalize("NFC").str.to_lowercase().str.replace_all(r"\p{Cf}", "")
    words = lowered.str.extract_all(rf"{_LETTER}+").explode().drop_nulls().unique().to_list()
    for word in filter(_NAMES.get, words):
        alone = rf"(^|[^{_LETTER}]){word}\.?([^{_LETTER}]|$)"
        lowered = lowered.str.replace_all(alone, f"${{1}}{_NAMES[word]}${{2}}")
    return lowered
