"""A figure that jumps overnight is a warning, but not where a jump is to be expected."""

import duckdb
import pytest

from assets.settings import Settings
from assets.validation import suites
from tests.validation.conftest import failed

pytestmark = pytest.mark.slow

HISTORY = """INSERT INTO history.figures BY NAME
    SELECT CAST(? AS DATE) AS as_of, indicator, organisation, unit, numerator, denominator, value - 30 AS value
    FROM marts.indicator_values WHERE organisation = 'jarva' AND indicator = ?"""


FEW = "UPDATE marts.indicator_values SET denominator = 3 WHERE indicator = 'KLA-04'"


@pytest.mark.parametrize(
    ("night", "indicator", "change", "jumps"),
    [
        ("2023-10-30", "KLA-04", "", True),
        ("2023-10-30", "INC-01", "", False),
        ("2022-12-31", "KLA-04", "", False),
        ("2023-08-30", "KLA-04", "", False),
        ("2023-10-30", "UTB-04", "", True),
        ("2023-10-30", "UTB-04", "UPDATE registers.utbildningskrav SET slapps = DATE '2023-10-31'", False),
        ("2023-10-30", "KLA-04", "UPDATE registers.utbildningskrav SET slapps = DATE '2023-10-31'", True),
        ("2023-10-30", "KLA-04", FEW, False),
        ("2023-10-30", "KLA-04", "UPDATE catalogue.indicators SET first_day = DATE '2023-10-31'", False),
    ],
    ids=[
        "overnight", "a count", "the turn of the year", "long ago", "a training figure", "a new requirement",
        "a new requirement of something else", "one item alone", "a new indicator",
    ],
)  # fmt: skip
def test_a_figure_that_jumps_overnight(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    night: str, indicator: str, change: str, jumps: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(suites, "tables", lambda *_: ["marts.indicator_values"])
    con.execute("UPDATE marts.indicator_values SET state = 'röd', value = 50, numerator = 10, denominator = 20 "
                "WHERE indicator = ? AND level = 'organisation' AND organisation = 'jarva'", [indicator])  # fmt: skip
    con.execute(HISTORY, [night, indicator])
    con.execute(change or "SELECT 1")
    assert (("jarva", "marts.indicator_values", "hopp_over_natten") in failed(con, settings)) == jumps


@pytest.mark.parametrize(
    ("earlier", "day", "jumps"), [("2026-01-14", "2026-01-15", False), ("2026-01-16", "2026-01-17", True)]
)
def test_a_changed_law_is_no_jump(
    con: duckdb.DuckDBPyConnection, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    earlier: str, day: str, jumps: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(suites, "tables", lambda *_: ["marts.indicator_values"])
    con.execute("UPDATE core.review SET as_of = CAST(? AS DATE), year_start = DATE '2026-01-01'", [day])
    con.execute("UPDATE marts.indicator_values SET state = 'röd', value = 50, numerator = 10, denominator = 20 "
                "WHERE indicator = 'INC-07' AND level = 'organisation' AND organisation = 'jarva'")  # fmt: skip
    con.execute(HISTORY, [earlier, "INC-07"])
    assert (("jarva", "marts.indicator_values", "hopp_over_natten") in failed(con, settings)) == jumps
