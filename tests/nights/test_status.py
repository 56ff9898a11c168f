"""`lagesbild status` never ends in a traceback, and says what failed and where; the log is its owner's alone."""

import json
import logging
import os
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.settings import Run, Settings
from pipelines.commands.status import tell_status
from pipelines.night_status import (
    PUBLISHED,
    UNDER_WAY,
    DamagedStatus,
    last_night,
    read_status,
    record_failure,
    record_outcome,
)
from pipelines.run_lock import run_lock
from pipelines.run_log import run_log
from tests.nights.conftest import K
from tests.nights.test_cli import LAGESBILD
from tests.programs import running


@pytest.fixture
def current(empty: Settings) -> Path:
    folder = empty.published / "current"
    (folder / "farsta").mkdir(parents=True)
    made = datetime.now(UTC).isoformat()
    (folder / "manifest.json").write_text(json.dumps({"made_at": made}), encoding="utf-8")
    return folder


def run_of(settings: Settings) -> Run:
    return Run("20231121T020000-abcd1234", "nightly", K, K, K, settings.data / "runs" / "x")


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "null", "5", "[" * 100_000, "9" * 5_000, '{"last_night": 5}', '{"last_night": "x"}',
        '{"last_night": {"at": "x"}}', '{"last_night": {"run": 5, "at": [], "outcome": {}}, "published": {"at": 5}}',
    ],
)  # fmt: skip
@pytest.mark.usefixtures("current")
def test_whatever_stands_where_it_is_written_down_is_no_traceback(empty: Settings, content: str) -> None:
    empty.data.mkdir(exist_ok=True)
    (empty.data / "status.json").write_text(content, encoding="utf-8")
    tell_status(empty)
    assert isinstance(last_night(empty), dict)
    record_outcome(empty, run_of(empty), PUBLISHED)
    assert last_night(empty)["outcome"] == PUBLISHED


@pytest.mark.usefixtures("current")
def test_it_says_what_failed_and_where(empty: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    record_outcome(empty, run_of(empty), PUBLISHED)
    record_failure(empty, "alerts__send", "MissingInput")
    assert tell_status(empty)
    assert "publicerad (" in (output := capsys.readouterr().out)
    assert "steget alerts__send misslyckades efteråt" in output
    assert set(read_status(empty)) == {"last_night", "published"}


def test_a_night_that_was_killed_is_not_under_way(empty: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    record_outcome(empty, run_of(empty), UNDER_WAY)
    tell_status(empty)
    assert "avbröts utan att sluta" in capsys.readouterr().out
    with run_lock(empty.data, "nattlig körning"):
        tell_status(empty)
    assert "pågår" in capsys.readouterr().out


@pytest.mark.usefixtures("current")
@pytest.mark.parametrize("content", ["{", "[]", '{"last_night": 3}', '{"last_night": {"outcome": "pågår"}}'])
def test_a_damaged_status_file_is_told(empty: Settings, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    (empty.data / "status.json").write_text(content, encoding="utf-8")
    assert tell_status(empty), "the manifest still says when the picture was made"
    output = capsys.readouterr().out
    assert "går inte att läsa" in output or "har inte det innehåll som den ska" in output


def test_a_damaged_publication_is_told(empty: Settings, current: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (current / "farsta" / "leveranser.csv").write_text("x", encoding="utf-8")
    assert tell_status(empty)
    assert "farsta: leveranser.csv går inte att läsa" in capsys.readouterr().out
    (current / "manifest.json").unlink()
    assert not tell_status(empty)
    assert "manifest.json saknas eller är skadad" in capsys.readouterr().out


def test_what_an_earlier_version_noted_is_read(empty: Settings) -> None:
    empty.data.mkdir()
    noted = {"run": "a-b", "as_of": "2023-11-20", "outcome": PUBLISHED, "at": "2023-11-20T01:00:00+00:00"}
    (empty.data / "last_night.json").write_text(json.dumps(noted), encoding="utf-8")
    assert last_night(empty) == noted
    record_outcome(empty, run_of(empty), UNDER_WAY)
    assert last_night(empty)["as_of"] == "2023-11-21"
    assert not (empty.data / "last_night.json").exists()


def test_the_log_is_its_owners_and_masks_persons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger("lagesbild.test")
    with run_log(tmp_path), run_log(tmp_path):
        logger.info("Rad 3: 18900101-9802, alva@exempel.se")
    file = tmp_path / "logs" / "lagesbild.log"
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    (line,) = file.read_text(encoding="utf-8").splitlines()
    assert datetime.fromisoformat(line.split()[0]).tzinfo is not None
    assert "9802" not in line
    assert "alva" not in line
    monkeypatch.setenv("LAGESBILD_LOG", "json")
    with run_log(tmp_path):
        logger.warning("Två alva@exempel.se")
    written = json.loads(file.read_text(encoding="utf-8").splitlines()[-1])
    assert (written["level"], written["message"]) == ("WARNING", "Två [e-post]")


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_night_with_a_sentence(settings: Settings, number: signal.Signals) -> None:
    environment = os.environ | {
        "LAGESBILD_DATA": str(settings.data), "LAGESBILD_INBOX": str(settings.inbox), "LAGESBILD_TODAY": "2023-11-21",
    }  # fmt: skip
    with running([LAGESBILD, "run"], env=environment, stderr=subprocess.PIPE) as night:
        while not next(settings.data.glob("runs/*/warehouse.duckdb"), None) and night.poll() is None:
            time.sleep(0.01)
        night.send_signal(number)
        _, output = night.communicate(timeout=60)
    assert night.returncode == 1, output
    assert "Körningen avbröts; ingenting publicerades." in " ".join(output.split())
    assert "Traceback" not in output
    assert not settings.published.exists()
    with run_lock(settings.data, "nästa", wait=0):
        assert not list((settings.data / "runs").iterdir())


@pytest.mark.parametrize(
    "at", ["2023-11-21T02:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-12:00", "i natt", 5, None, []]
)
def test_an_instant_that_no_clock_can_show_is_damage(empty: Settings, current: Path, at: object) -> None:
    night = {"run": "20231121T020000-abcd1234", "as_of": "2023-11-21", "outcome": PUBLISHED, "at": at}
    (empty.data / "status.json").write_text(json.dumps({"last_night": night, "published": night}), encoding="utf-8")
    (current / "manifest.json").write_text(json.dumps({"made_at": at}), encoding="utf-8")
    tell_status(empty)
    with pytest.raises(DamagedStatus):
        read_status(empty)
    assert last_night(empty) == {}
