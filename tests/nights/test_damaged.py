"""A night among damaged files: it goes on, makes anew what can be made, and alerts of what was set aside."""

import logging
from datetime import date
from pathlib import Path

import pytest

from tests.nights.conftest import copied, read_csv, run_steps
from tests.nights.victim import settings_of

pytestmark = pytest.mark.long


def tear(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def test_what_is_torn_or_gone_costs_no_night(
    first_night: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = copied(first_night, tmp_path)
    current = data / "published" / "current" / "farsta"
    before = read_csv(current / "indikatorer.csv")
    calendar = (current / "arshjul.ics").read_text(encoding="utf-8")
    reading = next((data / "archive" / "read").glob("personal/*/*/rows.parquet"))
    kept = [next((data / "validation" / "kept").glob("registers.personal.*")), *data.glob("validation/nights/*")]
    set_aside = [data / "history" / "gaps" / "2023-11-21.parquet", data / "alerts" / "nights" / "2023-11-21.parquet"]
    for path in (
        reading,
        *kept,
        *set_aside,
        data / "alerts" / "notified.json",
        data / "warehouse" / "lagesbild.duckdb",
    ):
        tear(path)
    (current / "arshjul.ics").write_text("BEGIN:VCALENDAR\nskräp", encoding="utf-8")
    (data / "history" / "figures" / "2023-11-21_2023-11-21.parquet").unlink()
    (data / "history" / "figures" / "kopia.parquet").touch()
    with caplog.at_level(logging.WARNING):
        run_steps(settings_of(data, today=date(2023, 11, 23)))
    after = read_csv(current / "indikatorer.csv")
    assert [row["Indikator"] for row in after] == [row["Indikator"] for row in before]
    assert {row["Föregående värde"] for row in after} == {""}
    texts = " ".join(row["Text"] for row in read_csv(current.parent / "staden" / "larm.csv"))
    for name in (
        "history/gaps/2023-11-21.parquet.trasig",
        "alerts/nights/2023-11-21.parquet.trasig",
        "alerts/notified.json.trasig",
        "history/figures/2023-11-21_2023-11-21.parquet",
    ):
        assert name in texts, name
    for words in (f"{reading.parent.name} är skadad och görs på nytt", "kopia.parquet hör inte till historiken"):
        assert words in caplog.text
    events = (current / "arshjul.ics").read_text(encoding="utf-8")
    assert events.count("BEGIN:VEVENT") == calendar.count("BEGIN:VEVENT") > 0
    assert (data / "history" / "calendars" / "farsta.ics.trasig").exists()
