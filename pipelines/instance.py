"""The installation's Dagster instance: one for the command line, the schedule and the UI, in `<data>/dagster`, or
where DAGSTER_HOME points."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from assets.atomic import atomic_write
from assets.settings import Settings
from assets.stop import raise_fatal
from pipelines.dagster_home import (
    CONFIGURATION_FILE,
    UnusableStorage,
    dagster_home,
    damaged_databases,
    require_configuration,
    set_database_aside,
)
from pipelines.run_lock import run_lock

CONFIGURATION = """\
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
run_monitoring:
  enabled: true
  start_timeout_seconds: 600
  max_runtime_seconds: 21600  # six hours: a night that goes on for longer hangs
retention:
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days:
      skipped: 2
      failure: 30
      started: 90
      success: 90
event_log_storage:
  module: pipelines.event_log
  class: EventLog
  config:
    base_dir:
      env: DAGSTER_HOME
python_logs:
  managed_python_loggers: [lagesbild]
"""
"""dagster.yaml of a new installation. It may be changed there: it is written only where there is none."""

KEEP_RUNS = timedelta(days=90)
"""Older runs go, with their events; the history of figures lives elsewhere."""

MAX_REMOVED = 20
"""Old runs that go at a time, so that no night has to wait for a year's."""

WAITING = timedelta(minutes=5)
"""A run that began so recently may be waiting for the lock: it isn't orphaned yet."""

UNFINISHED = (dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING)
FINISHED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)


def prepare_home(settings: Settings) -> Path:
    """The instance's folder, with its dagster.yaml. Whatever that says, nothing is reported to Dagster's makers."""
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    home = dagster_home(settings)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (home / CONFIGURATION_FILE).exists():
        with atomic_write(home / CONFIGURATION_FILE) as draft:
            draft.write_text(CONFIGURATION, encoding="utf-8")
    return home


@contextmanager
def open_instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """The installation's instance. While it is open DAGSTER_HOME says where it is, as its configuration needs. What
    is damaged of its databases is set aside first. Raises UnusableStorage where it can't be had, and RunInProgress
    where something is damaged and another run goes on."""
    home = prepare_home(settings)
    require_configuration(home)
    _set_damaged_aside(settings, home)
    before = os.environ.get("DAGSTER_HOME")
    os.environ["DAGSTER_HOME"] = str(home)
    try:
        with _instance(home) as instance:
            yield instance
    finally:
        if before is None:
            del os.environ["DAGSTER_HOME"]
        else:
            os.environ["DAGSTER_HOME"] = before


def _instance(home: Path) -> dg.DagsterInstance:
    try:
        return dg.DagsterInstance.get()
    except Exception as fault:  # whatever Dagster or a database's driver makes of it, a person is to mend it
        raise_fatal(fault)
        raise UnusableStorage(
            f"Dagsters lagring, som {home / CONFIGURATION_FILE} säger var den är, går inte att öppna. Rätta "
            "filen, se till att databasen som den nämner svarar, eller flytta undan mappen: den har bara historiken "
            "över körningar. Kör sedan igen."
        ) from fault


def _set_damaged_aside(settings: Settings, home: Path) -> None:
    """Under the lock, and looked at anew there: two that begin at once don't set aside each other's new file."""
    if damaged_databases(home):
        with run_lock(settings.data, "Dagsters skadade filer läggs undan"):
            for path in damaged_databases(home):
                set_database_aside(path)


def fail_orphans(instance: dg.DagsterInstance, keep: str | None = None, waiting: timedelta = WAITING) -> list[str]:
    """Fails the runs that Dagster takes to be going on although no process does them, and gives their ids. To be
    called by the one who holds the lock. `keep`: that one's own run."""
    before = datetime.now(UTC) - waiting
    records = instance.get_run_records(dg.RunsFilter(statuses=list(UNFINISHED), created_before=before))
    orphans = [record.dagster_run for record in records if record.dagster_run.run_id != keep]
    for run in orphans:
        instance.report_run_failed(run, "Körningens process har dött: ingen kör den längre.")
    return [run.run_id for run in orphans]


def remove_old_runs(instance: dg.DagsterInstance, older_than: timedelta = KEEP_RUNS) -> int:
    """Removes finished runs that are too old, at most MAX_REMOVED of them, and gives their number."""
    before = datetime.now(UTC) - older_than
    finished = dg.RunsFilter(statuses=list(FINISHED), created_before=before)
    records = instance.get_run_records(finished, limit=MAX_REMOVED, ascending=True)
    for record in records:
        instance.delete_run(record.dagster_run.run_id)
    return len(records)
