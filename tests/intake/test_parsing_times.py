"""Days and moments in every spelling, held against Python's own calendar and time zones."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assets.intake.parsing import null_if_blank, parse
from assets.registers.column import Column, Type

pytestmark = pytest.mark.slow

STOCKHOLM = ZoneInfo("Europe/Stockholm")
EPOCH = date(1899, 12, 30)
SHORT = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LONG = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip

DAYS = {
    "iso": "{0:%Y-%m-%d}", "eight digits": "{0:%Y%m%d}", "slashes": "{0:%d/%m/%Y}", "dots": "{0:%d.%m.%Y}",
    "bare slashes": "{0.day}/{0.month}/{0.year}", "short month": "{0.day} {1} {0.year}",
    "month": "{0.day} {2} {0.year}", "capitals": "{0:%d} {3} {0.year}",
}  # fmt: skip
CLOCKS = {
    "T": "T{0:%H:%M}", "blank": " {0:%H:%M}", "blanks": "  {0:%H:%M}", "dot": " {0:%H.%M}", "T dot": "T{0:%H.%M}",
    "no-break": "\u00a0{0:%H:%M}", "bare hour": " {0.hour}:{0:%M}", "seconds": " {0:%H:%M:%S}",
    "T seconds": "T{0:%H:%M:%S}",
}  # fmt: skip
CHANGES = [datetime(2023, 3, 26), datetime(2023, 10, 29), datetime(2026, 3, 29), datetime(2026, 10, 25)]  # noqa: DTZ001
ORDINARY = st.dates(date(1970, 1, 1), date(2099, 12, 31))


def read(kind: Type, *texts: str) -> pl.DataFrame:
    given_texts = pl.DataFrame({"x": list(texts)}, schema={"x": pl.String}).select(null_if_blank(pl.col("x"), kind))
    return parse(given_texts, [Column(name="X", type=kind)])


def in_spelling(spelling: str, day: date) -> str:
    return DAYS[spelling].format(day, SHORT[day.month - 1], LONG[day.month - 1], LONG[day.month - 1].upper())


def instant(wall: datetime) -> datetime:
    """The first of two, and in a gap the offset before the change: what Python's fold 0 means."""
    return wall.replace(tzinfo=STOCKHOLM, fold=0).astimezone(UTC).replace(tzinfo=None)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
@example(date(9999, 12, 31))
@example(date(2024, 2, 29))
def test_every_spelling_of_any_day(day: date) -> None:
    texts = [in_spelling(spelling, day) for spelling in DAYS]
    assert read("date", *texts)["x"].to_list() == [day] * len(texts)


@given(ORDINARY)
@example(date(2023, 3, 26))
@example(date(2023, 10, 29))
def test_a_day_without_a_time_is_some_moment_of_it(day: date) -> None:
    found = read("datetime", *(in_spelling(spelling, day) for spelling in DAYS)).unique()
    midnight = datetime.combine(day, datetime.min.time())
    last = instant(midnight + timedelta(days=1)) - timedelta(microseconds=1)
    assert found.rows() == [(instant(midnight), last, day)]


@given(ORDINARY, st.times())
def test_every_spelling_of_any_moment(day: date, clock: object) -> None:
    wall = datetime.combine(day, clock).replace(microsecond=0)  # type: ignore[arg-type]
    spelled = [(f"{in_spelling(on, day)}{CLOCKS[at].format(wall)}", at) for on in DAYS for at in CLOCKS]
    found = read("datetime", *(text for text, _ in spelled))
    minute = instant(wall.replace(second=0))
    expected = [instant(wall) if "seconds" in at else minute for _, at in spelled]
    assert found["x"].to_list() == found["x_last"].to_list() == expected
    assert found["x_day"].to_list() == [day] * len(spelled)


@pytest.mark.parametrize("night", CHANGES, ids=str)
def test_every_quarter_of_the_nights_when_clocks_change(night: datetime) -> None:
    walls = [night + timedelta(minutes=15 * quarter) for quarter in range(-8, 24)]
    found = read("datetime", *(f"{wall:%Y-%m-%d %H:%M}" for wall in walls))
    assert found["x"].to_list() == [instant(wall) for wall in walls]
    assert found["x_day"].to_list() == [wall.date() for wall in walls]
    fast = read("datetime", *(f"{wall:%Y-%m-%d %H:%M:%S}" for wall in walls))
    assert fast.equals(found), "ISO with seconds is read another way, to the same end"


def test_seventy_two_hours_over_the_autumn_night_are_seventy_two_real_hours() -> None:
    first, last = read("datetime", "2023-10-27 12:00", "2023-10-30 11:00")["x"].to_list()
    assert last - first == timedelta(hours=72)


@given(ORDINARY, st.times(), st.integers(-14 * 60, 14 * 60))
def test_a_zone_keeps_the_instant_and_its_day_is_stockholms(day: date, clock: object, minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    wall = datetime.combine(day, clock, tzinfo=zone).replace(microsecond=0)  # type: ignore[arg-type]
    zulu = wall.astimezone(UTC)
    texts = [wall.isoformat(), wall.isoformat(" "), f"{wall:%Y-%m-%d %H:%M:%S%z}", f"{zulu:%Y-%m-%dT%H:%M:%SZ}"]
    found = read("datetime", *texts)
    assert set(found["x"]) == set(found["x_last"]) == {zulu.replace(tzinfo=None)}
    assert set(found["x_day"]) == {wall.astimezone(STOCKHOLM).date()}
    assert set(read("date", *texts)["x"]) == {wall.astimezone(STOCKHOLM).date()}


@pytest.mark.parametrize("serial", [20_000, 20_001, 45_230, 79_999, 80_000])
def test_excel_serials(serial: int) -> None:
    day = EPOCH + timedelta(days=serial)
    for text in (str(serial), f"{serial},0", f"{serial}.0"):
        assert read("date", text)["x"].to_list() == [day]
        found = read("datetime", text).row(0, named=True)
        assert found["x_day"] == day
        assert found["x"] < found["x_last"], "no time of day"


@given(st.integers(20_000, 73_000), st.integers(1, 86_399), st.sampled_from(".,"))
def test_a_serial_with_a_fraction_is_a_moment_to_the_second(serial: int, second: int, mark: str) -> None:
    wall = datetime.combine(EPOCH, datetime.min.time()) + timedelta(days=serial, seconds=second)
    text = repr(serial + second / 86_400).replace(".", mark)
    found = read("datetime", text).row(0)
    assert found == (instant(wall), instant(wall), wall.date())
    assert read("date", text)["x"].to_list() == [wall.date()]


@pytest.mark.parametrize(
    "text",
    [
        "23-10-31", "231031", "31/10/23", "31.10.23", "31 okt 23", "10/31/2023", "10.31.2023", "okt 31 2023",
        "October 31, 2023", "31 october 2023", "31 Okober 2023", "2023-13-01", "2023-00-10", "2023-10-00",
        "2023-02-29", "2100-02-29", "31/04/2023", "31 nov 2023", "20230230", "0000-01-01", "0 jan 2023", "19999",
        "19999,9", "80001", "4523", "452300", "1e5", "-45230", "2023", "2023-10", "i går", "snarast", "2023-10-31x",
        "x2023-10-31", "2023-10-31 -", "2023-10-31/2023-11-01", "٢٠٢٣-١٠-٣١", "２０２３-10-31", "31//10/2023",
        "2023-W44-2", "2023-304", "?", "[personnummer]",
    ],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    assert read("date", text)["x"].to_list() == [None]
    assert read("datetime", text).row(0) == (None, None, None)


@pytest.mark.parametrize(
    "time", ["24:00", "14:60", "14:05:60", "25:00", "1405", "14", ":05", "14:5", "2 pm", "kl", "14:05 CEST"]
)
def test_what_is_no_time_of_day(time: str) -> None:
    for text in (f"2023-10-31 {time}", f"2023-10-31T{time}", f"31 okt 2023 {time}", time):
        assert read("datetime", text).row(0) == (None, None, None)
        assert read("date", text)["x"].to_list() == [None]


@given(st.text(max_size=30))
@example("9999-12-31T23:59Z")
@example("0001-01-01")
@example("9999-12-31 23:59-14:00")
@example("99999-12-31 10:00")
@example("2023-10-31 10:00:00+99:99")
def test_any_text_is_a_moment_of_the_calendar_or_none(text: str) -> None:
    """Python's calendar, that is: what can't be shown can't be published."""
    moment, last, day = read("datetime", text).row(0)
    assert (moment is None) == (last is None) == (day is None)
    assert moment is None or moment <= last
    assert isinstance(read("date", text)["x"].to_list()[0], date | None)
