"""Dates in a source's own formats."""

from datetime import datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.sources.formats import gives_days, read_formats

CASES = [
    # format, zone, text, what the contract reads
    ("%m/%d/%Y", None, "3/2/2026", "2026-03-02"),
    ("%m/%d/%Y", None, "13/2/2026", None),
    ("%m/%d/%Y %I:%M %p", None, "3/2/2026 9:14 AM", "2026-03-02 09:14:00"),
    ("%m/%d/%Y %I:%M %p", None, "03/02/2026 09:14 PM", "2026-03-02 21:14:00"),
    ("%d/%m/%Y %I:%M %p", None, "02/03/2026 09:14 fm", "2026-03-02 09:14:00"),
    ("%d/%m/%Y %I:%M %p", None, "02/03/2026 09:14 EM", "2026-03-02 21:14:00"),
    ("%d %b %Y", None, "02 Mar 2026", "2026-03-02"),
    ("%d %b %Y", None, "2 maj 2026", "2026-05-02"),
    ("%d %b %Y", None, "2 okt. 2026", "2026-10-02"),
    ("%d %b %Y", None, "30 feb 2026", None),
    ("%d %B %Y", None, "2 augusti 2026", "2026-08-02"),
    ("%d %B %Y", None, "2 August 2026", "2026-08-02"),
    ("%A, %d %B %Y, %I:%M %p", None, "Monday, 2 March 2026, 9:14 AM", "2026-03-02 09:14:00"),
    ("%A %d %B %Y", None, "måndag 2 mars 2026", "2026-03-02"),
    ("%a %d %b %Y", None, "mån 2 mars 2026", "2026-03-02"),
    ("%A %d %B %Y", None, "tisdag 2 mars 2026", None),  # it was a Monday
    ("%y%m%d", None, "260302", "2026-03-02"),
    ("%d.%b.%Y", None, "02.okt.2026", "2026-10-02"),  # a dot between is no dot of the name's
    ("%d %b. %Y", None, "2 okt. 2026", "2026-10-02"),
    ("%d %b. %Y", None, "2 maj 2026", "2026-05-02"),  # as Swedish spells it
    ("%d%b%Y", None, "02OKT2026", "2026-10-02"),
    ("%a %d %b %Y", None, "ma\u030an 2 mars 2026", "2026-03-02"),
    ("%d/%m/%Y", None, "\u200e02/\u200e03/\u200e2026", "2026-03-02"),  # marks that some browsers put in
    ("%d/%m/%Y", None, "2/3/26", None),  # nobody means the year 26
    ("%d/%m/%Y %H:%M", None, "2/3/26 09:14", None),
    ("%F", None, "26-03-02", None),
    ("%d/%m/%Y", None, "01/01/0001", "0001-01-01"),
    ("%d/%m/%Y %H:%M:%S %p", None, "02/03/2026 21:14:00 PM", "2026-03-02 21:14:00"),
    ("%Y-%m-%dT%H:%M:%S%z", None, "2026-03-02T08:14:00Z", "2026-03-02T08:14:00Z"),
    ("%Y-%m-%dT%H:%M:%S%z", None, "2026-01-01T00:14:00+01:00", "2025-12-31T23:14:00Z"),
    ("%Y-%m-%dT%H:%M:%S.%fZ", "UTC", "2026-03-02T08:14:00.123Z", "2026-03-02T08:14:00Z"),
    ("%Y-%m-%d %H:%M:%S", "UTC", "2026-07-01 23:30:00", "2026-07-01T23:30:00Z"),
    ("%Y-%m-%d %H:%M", "Europe/Helsinki", "2026-07-01 01:30", "2026-06-30T22:30:00Z"),
    ("%d.%m.%Y %H:%M", "Europe/Stockholm", "25.10.2026 02:30", "2026-10-25T00:30:00Z"),  # of two the first
    ("%d.%m.%Y %H:%M", "Europe/Stockholm", "29.03.2026 02:30", "2026-03-29T01:30:00Z"),  # there is none
    ("%Y-%m-%d %H:%M %z", None, "2026-03-02 09:14 +0200", "2026-03-02T07:14:00Z"),
    ("epoch_s", None, "1767225600", "2026-01-01T00:00:00Z"),
    ("epoch_s", None, "1767225600.5", "2026-01-01T00:00:00Z"),
    ("epoch_ms", "UTC", "1767225600000", "2026-01-01T00:00:00Z"),
    ("epoch_s", None, "-1", "1969-12-31T23:59:59Z"),
    ("epoch_s", None, "nyss", None),
    ("%m/%d/%Y", None, "2026-03-02", "2026-03-02"),  # a date cell of a workbook
    ("%m/%d/%Y", None, "2026-03-02 09:14:00", "2026-03-02 09:14:00"),
    ("%m/%d/%Y", "UTC", "2026-03-02T09:14:00", "2026-03-02T09:14:00Z"),
    ("%m/%d/%Y", None, "2 mars 2026", None),  # what the contract would have read
]


@pytest.mark.parametrize(("wanted", "zone", "text", "read"), CASES)
def test_a_format_reads(wanted: str, zone: str | None, text: str, read: str | None) -> None:
    assert read_formats(pl.Series([text]), [wanted], zone).to_list() == [read]


def test_formats_are_tried_in_order() -> None:
    texts = pl.Series(["3/2/2026", "13/2/2026", "20260302", None, "x"])
    read = read_formats(texts, ["%m/%d/%Y", "%d/%m/%Y", "%Y%m%d"], None)
    assert read.to_list() == ["2026-03-02", "2026-02-13", "2026-03-02", None, None]


def test_nothing_is_nothing() -> None:
    assert read_formats(pl.Series([None, None], dtype=pl.String), ["%Y"], None).to_list() == [None, None]


@given(st.datetimes(min_value=datetime(1970, 1, 2)))  # noqa: DTZ001 – wall times
def test_what_strftime_writes_is_read(moment: datetime) -> None:
    for wanted in ("%d/%m/%Y %H:%M:%S", "%A %d %B %Y %I:%M:%S %p", "%b %d, %Y %H.%M.%S"):
        read = read_formats(pl.Series([moment.strftime(wanted)]), [wanted], None)
        assert read.to_list() == [moment.strftime("%Y-%m-%d %H:%M:%S")]


@pytest.mark.parametrize(
    ("wanted", "gives"),
    [
        ("%d/%m/%Y", True),
        ("%j/%Y", True),
        ("%A %d %B %Y kl. %H.%M", True),
        ("%d/%m/%Y %H:%M:%S %p", True),
        ("epoch_ms", True),
        ("%Y", False),
        ("%m/%Y", False),
        ("%H:%M", False),
        ("%d/%m/%Y %I:%M", False),
        ("%Y-%m-%d %H", False),
    ],
)
def test_a_format_must_give_days(wanted: str, gives: bool) -> None:
    assert gives_days(wanted) is gives
