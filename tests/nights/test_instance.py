"""The Dagster instance: one for the command line and the UI, and none of its runs hangs for ever."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg
import pytest
import yaml
from dagster._core.storage.event_log.sqlite import consolidated_sqlite_event_log

from assets.settings import Settings
from pipelines.commands.dev import clear_orphans
from pipelines.commands.run import DONE, execute
from pipelines.event_log import EventLog
from pipelines.instance import CONFIGURATION, fail_orphans, open_instance, remove_old_runs
from pipelines.jobs import NIGHT
from pipelines.run_lock import run_lock

pytestmark = pytest.mark.slow


@pytest.fixture
def instance(empty: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setenv("DAGSTER_HOME", str(empty.data / "dagster"))
    with open_instance(empty) as opened:
        yield opened


def started(instance: dg.DagsterInstance) -> str:
    """A run that counts as going on."""

    @dg.job(name=NIGHT)
    def night() -> None: ...

    return instance.create_run_for_job(night, status=dg.DagsterRunStatus.STARTED).run_id


def status(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def test_the_configuration_is_calm_and_bounded(instance: dg.DagsterInstance) -> None:
    assert not instance.telemetry_enabled
    assert not instance.nux_enabled
    assert instance.run_monitoring_enabled
    assert isinstance(instance.event_log_storage, EventLog)
    settings = yaml.safe_load(CONFIGURATION)
    assert settings["concurrency"]["runs"]["max_concurrent_runs"] == 1
    assert settings["run_monitoring"]["max_runtime_seconds"] == 6 * 3600


def test_no_engine_is_made_to_see_whether_a_table_is_there(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = instance.event_log_storage
    assert isinstance(log, EventLog)
    monkeypatch.setattr(consolidated_sqlite_event_log, "create_engine", lambda *_, **__: pytest.fail("another one"))
    assert log.has_table("asset_event_tags")
    assert not log.has_table("no_such_table")


@pytest.mark.long
def test_a_night_from_the_command_line_is_seen(settings: Settings, instance: dg.DagsterInstance) -> None:
    assert execute(settings, None, None) == DONE
    (run,) = instance.get_runs()
    assert (run.job_name, run.status) == (NIGHT, dg.DagsterRunStatus.SUCCESS)
    event = instance.get_latest_materialization_event(dg.AssetKey(["marts", "gaps"]))
    assert event is not None
    assert event.asset_materialization is not None
    assert "dagster/column_lineage" in event.asset_materialization.metadata


def test_orphans_are_failed_and_those_that_wait_are_not(instance: dg.DagsterInstance) -> None:
    run = started(instance)
    assert fail_orphans(instance) == [], "it may be waiting for the lock"
    assert fail_orphans(instance, keep=run, waiting=timedelta()) == []
    assert fail_orphans(instance, waiting=timedelta()) == [run]
    assert status(instance, run) == dg.DagsterRunStatus.FAILURE


def test_a_killed_service_begins_with_a_clean_slate(empty: Settings, instance: dg.DagsterInstance) -> None:
    run = started(instance)
    with run_lock(empty.data, "nattlig körning"):
        assert clear_orphans(empty) == []
        assert status(instance, run) == dg.DagsterRunStatus.STARTED, "whoever holds the lock may be doing it"
    assert clear_orphans(empty) == [run]
    assert status(instance, run) == dg.DagsterRunStatus.FAILURE


def test_old_runs_go(instance: dg.DagsterInstance) -> None:
    run = started(instance)
    fail_orphans(instance, waiting=timedelta())
    assert remove_old_runs(instance) == 0
    assert remove_old_runs(instance, timedelta()) == 1
    assert instance.get_run_by_id(run) is None
