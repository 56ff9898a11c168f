"""Dagster's own files, damaged: a database is set aside and costs no night, a configuration is told and stops it."""

import json
import sqlite3
from pathlib import Path

import pytest

from assets.alerts.evaluate import KEPT
from assets.damaged import damaged_files
from assets.settings import Settings
from pipelines.commands.doctor import damage
from pipelines.commands.run import DONE, FAILED, execute
from pipelines.commands.status import tell_status
from pipelines.dagster_home import damaged_databases, storage_damage
from pipelines.instance import open_instance
from pipelines.night_status import last_night
from pipelines.run_lock import RunInProgress, run_lock
from tests.nights.conftest import read_csv

pytestmark = pytest.mark.slow

DATABASES = ["event_log.db", "history/runs.db", "schedules/schedules.db"]


@pytest.fixture
def home(empty: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Dagster's folder after a run."""
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    with open_instance(empty) as instance:
        instance.get_runs()
    return empty.data / "dagster"


@pytest.mark.parametrize("content", [b"", b"\x8f\x02skr\xc3p" * 4000])
@pytest.mark.parametrize("name", DATABASES)
def test_a_damaged_database_is_named_and_set_aside(empty: Settings, home: Path, name: str, content: bytes) -> None:
    (home / name).write_bytes(content)
    [found] = storage_damage(empty)
    assert found.what == f"dagster/{name} är skadad"
    assert (home / name).read_bytes() == content, "to look changes nothing"
    with open_instance(empty) as instance:
        assert instance.get_runs() == []
    assert (home / f"{name}.trasig").read_bytes() == content
    assert list(damaged_files(empty.data, KEPT)) == [f"dagster/{name}.trasig"], "which the night's alerts tell"
    assert list(damage(empty)) == []


def test_a_log_of_changes_goes_with_its_database(empty: Settings, home: Path) -> None:
    """A new database of the same name would otherwise take it for its own."""
    for name in ("event_log.db", "event_log.db-wal", "event_log.db-shm"):
        (home / name).write_bytes(b"x" * 4096)
    with open_instance(empty) as instance:
        instance.get_runs()
    assert (home / "event_log.db.trasig-wal").read_bytes() == b"x" * 4096
    assert damaged_databases(home) == []


def test_a_busy_database_is_not_damaged(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.dagster_home._BUSY_SECONDS", 0.05)
    connection = sqlite3.connect(home / "history" / "runs.db")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    assert damaged_databases(home) == []
    connection.close()


def test_nothing_is_set_aside_beside_another_run(
    empty: Settings, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.instance.run_lock", lambda data, doing: run_lock(data, doing, wait=0))
    (home / "event_log.db").write_bytes(b"")
    with run_lock(empty.data, "nattlig körning"), pytest.raises(RunInProgress), open_instance(empty):
        pass
    assert not (home / "event_log.db.trasig").exists()


@pytest.mark.parametrize("content", [b"storage: [", b"- en\n- lista\n", "telemetri: på".encode("cp1252")])
def test_a_configuration_that_cannot_be_read_is_told_everywhere(
    empty: Settings, home: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "dagster.yaml"
    file.write_bytes(content)
    assert execute(empty, None, None) == FAILED
    error = capsys.readouterr().err
    assert f"{file} går inte att läsa. Rätta filen, eller lägg undan den (lagesbild doctor --repair)" in error
    assert "Traceback" not in error
    assert last_night(empty)["outcome"] == "publicerade inget"
    tell_status(empty)
    assert f"den misslyckades innan den hade börjat: {file} går inte att läsa" in capsys.readouterr().out
    [alert] = read_csv(empty.data / "alerts" / "larm.csv")
    assert alert["Slag"] == "körning misslyckad"
    [found] = storage_damage(empty)
    assert found.what == "dagster/dagster.yaml går inte att läsa"
    assert found.repair is not None
    found.repair()
    with open_instance(empty):
        assert file.read_bytes() != content


def test_a_storage_that_cannot_be_had_fails_the_night_with_a_sentence(
    empty: Settings, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "dagster.yaml").write_text("ingen_sådan_nyckel: 1\n", encoding="utf-8")
    status = {
        "last_night": {
            "run": "x-0",
            "as_of": "2023-11-20",
            "outcome": "publicerad",
            "at": "2023-11-20T02:00:00+00:00",
        }
    }
    (empty.data / "status.json").write_text(json.dumps(status), encoding="utf-8")
    assert execute(empty, None, None) == FAILED
    error = capsys.readouterr().err
    assert "Dagsters lagring" in error
    assert "Traceback" not in error
    assert last_night(empty)["outcome"] == "publicerade inget", "the good night before is no longer the last"


@pytest.mark.long
def test_a_night_goes_on_without_its_damaged_history(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    home = settings.data / "dagster"
    (home / "history").mkdir(parents=True)
    for name in ("event_log.db", "history/runs.db"):
        (home / name).write_bytes(b"")
    assert execute(settings, None, None) == DONE
    texts = " ".join(row["Text"] for row in read_csv(settings.published / "current" / "staden" / "larm.csv"))
    for name in ("event_log.db", "history/runs.db"):
        assert f"dagster/{name}.trasig bland lägesbildens egna gick inte att läsa" in texts
