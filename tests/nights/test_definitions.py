"""When the night starts."""

import json
import os
import time
from pathlib import Path

import dagster as dg
import pytest

from assets.settings import Settings
from pipelines import sensors
from pipelines.jobs import nightly
from pipelines.sensors import fingerprint, inbox_settled
from tests.nights.conftest import B, K, csv_files, review_of, run_job


def test_the_schedule_is_on_and_at_two_in_stockholm() -> None:
    assert nightly.cron_schedule == "0 2 * * *"
    assert nightly.execution_timezone == "Europe/Stockholm"
    assert nightly.default_status == dg.DefaultScheduleStatus.RUNNING


def test_the_sensor_waits_until_the_inbox_is_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "farsta").mkdir(parents=True)
    sensor = inbox_settled(Settings(data=tmp_path / "data", inbox=inbox, config=tmp_path / "config"))
    assert sensor.default_status == dg.DefaultSensorStatus.STOPPED
    clock = [1_000_000.0]
    monkeypatch.setattr(sensors.time, "time", lambda: clock[0])

    def tick(seconds: float, cursor: str | None) -> tuple[int, str]:
        clock[0] += seconds
        with dg.DagsterInstance.ephemeral() as instance:
            context = dg.build_sensor_context(instance=instance, cursor=cursor)
            evaluated = sensor.evaluate_tick(context)
        return len(evaluated.run_requests or []), evaluated.cursor or context.cursor or ""

    (inbox / "farsta" / "personal.csv").write_text("x", encoding="utf-8")
    runs, cursor = tick(60, None)
    assert runs == 0
    runs, cursor = tick(299, cursor)
    assert runs == 0, "not five minutes yet"
    (inbox / "farsta" / "enheter.csv").write_text("x", encoding="utf-8")
    runs, cursor = tick(2, cursor)
    assert runs == 0, "something came meanwhile"
    runs, cursor = tick(300, cursor)
    assert runs == 1
    runs, cursor = tick(600, cursor)
    assert runs == 0, "nothing new"
    os.utime(inbox / "farsta" / "enheter.csv", (time.time(), 5))
    runs, cursor = tick(60, cursor)
    runs, cursor = tick(300, cursor)
    assert (runs, set(json.loads(cursor))) == (1, {"seen", "since", "started"})


@pytest.mark.long
def test_the_job_publishes_what_the_steps_do(settings: Settings, first_review: Path) -> None:
    by_steps = csv_files(review_of(first_review))
    assert csv_files(run_job(settings, B, K)) == by_steps
    assert len(by_steps) > 60


def test_the_fingerprint_sees_moves_texts_and_fetched_files(tmp_path: Path) -> None:
    inbox, fetched = tmp_path / "inbox", tmp_path / "fetched"
    for folder in (inbox / "farsta" / "texter", inbox / "jarva", fetched / "farsta"):
        folder.mkdir(parents=True)
    seen = [fingerprint(inbox, fetched)]
    (inbox / "farsta" / "personal.csv").write_text("x", encoding="utf-8")
    seen.append(fingerprint(inbox, fetched))
    (inbox / "farsta" / "personal.csv").rename(inbox / "jarva" / "personal.csv")
    seen.append(fingerprint(inbox, fetched))
    (inbox / "farsta" / "texter" / "1.md").write_text("x", encoding="utf-8")
    seen.append(fingerprint(inbox, fetched))
    (fetched / "farsta" / "enheter.csv").write_text("x", encoding="utf-8")
    seen.append(fingerprint(inbox, fetched))
    assert len(set(seen)) == len(seen)
    assert fingerprint(inbox, fetched) == seen[-1]


def test_the_fingerprint_survives_a_file_that_vanishes(tmp_path: Path) -> None:
    (tmp_path / "farsta").mkdir()
    empty = fingerprint(tmp_path)
    (tmp_path / "farsta" / "personal.csv").symlink_to(tmp_path / "gone.csv")  # listed, but not there
    assert fingerprint(tmp_path) == empty
