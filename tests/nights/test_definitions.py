"""When the night starts, and that any part of the graph can be run by itself."""

import json
import os
import time
from datetime import date
from pathlib import Path

import dagster as dg
import pytest

from assets.settings import Settings
from pipelines import night
from pipelines.definitions import build_defs
from pipelines.night import JOB, deliveries_have_settled, every_night
from pipelines.run_context import last_outcome
from tests.nights.conftest import QUIET, csv_files, run_job, run_steps


def test_the_schedule_is_on_and_at_two_in_stockholm() -> None:
    assert every_night.cron_schedule == "0 2 * * *"
    assert every_night.execution_timezone == "Europe/Stockholm"
    assert every_night.default_status == dg.DefaultScheduleStatus.RUNNING


def test_the_sensor_waits_until_the_inbox_is_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "farsta").mkdir(parents=True)
    sensor = deliveries_have_settled(inbox)
    assert sensor.default_status == dg.DefaultSensorStatus.STOPPED
    clock = [1_000_000.0]
    monkeypatch.setattr(night.time, "time", lambda: clock[0])

    def tick(seconds: float, cursor: str | None) -> tuple[int, str]:
        clock[0] += seconds
        with dg.DagsterInstance.ephemeral() as instance:
            context = dg.build_sensor_context(instance=instance, cursor=cursor)
            told = sensor.evaluate_tick(context)
        return len(told.run_requests or []), told.cursor or context.cursor or ""

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


@pytest.mark.parametrize(
    ("selected", "count"),
    [(["indicators/inc_01"], 1), (["registers/personal"], 1), (["marts/gaps", "core/employees"], 2)],
)
def test_a_part_of_the_graph_makes_first_what_it_needs(settings: Settings, selected: list[str], count: int) -> None:
    keys = [dg.AssetKey(key.split("/")) for key in selected]
    with dg.DagsterInstance.ephemeral() as instance:
        job = build_defs(settings).resolve_job_def(JOB)
        result = job.execute_in_process(instance=instance, asset_selection=keys, run_config={"loggers": QUIET})
        made = [event.materialization for event in result.get_asset_materialization_events()]
    assert len(result.get_asset_materialization_events()) == count, made
    assert not (settings.published / "current").exists()
    assert last_outcome(settings).get("outcome") != "publicerad"


def test_the_job_publishes_what_the_steps_do(settings: Settings) -> None:
    by_steps = csv_files(run_steps(settings, date(2023, 10, 31), date(2023, 11, 21)))
    assert csv_files(run_job(settings, date(2023, 10, 31), date(2023, 11, 21))) == by_steps
    assert len(by_steps) > 60
