"""A signal ends what goes on, wherever in the interpreter it arrives."""

import os
import signal
import subprocess
import time
import weakref
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.interruption import Interrupted, interruptible
from tests.nights.test_cli import LAGESBILD
from tests.programs import running


class Thing:
    """Something that a weak reference can lead to."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_raises(number: signal.Signals) -> None:
    with pytest.raises(Interrupted), interruptible():
        signal.raise_signal(number)


def test_one_that_comes_up_in_a_callback_is_not_lost() -> None:
    things = [Thing()]
    reference = weakref.ref(things[0], lambda _: signal.raise_signal(signal.SIGTERM))

    def work() -> None:
        things.clear()
        assert reference() is None
        time.sleep(5)

    with pytest.raises(Interrupted), interruptible():
        work()


def test_outside_nothing_is_changed() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with interruptible():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(
    ("arguments", "during", "sentence"),
    [
        (
            ["run"],
            "pipelines.config.read_settings",
            "Körningen avbröts; ingenting publicerades. Det som var publicerat står kvar.",
        ),
        (["status"], "pipelines.commands.status.tell_status", "Kommandot avbröts."),
    ],
)
def test_a_command_that_is_stopped_before_its_work_says_so(
    number: signal.Signals,
    arguments: list[str],
    during: str,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(during, lambda *_: signal.raise_signal(number))
    told = CliRunner().invoke(main, arguments, env={"LAGESBILD_DATA": str(tmp_path)})
    assert (told.exit_code, told.stderr) == (1, f"{sentence}\n")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_from_its_first_moments_a_run_ends_with_its_sentence(number: signal.Signals, tmp_path: Path) -> None:
    """While it still imports what it needs."""
    environment = os.environ | {"LAGESBILD_DATA": str(tmp_path / "data")}
    with running([LAGESBILD, "run"], env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as night:
        maps = Path(f"/proc/{night.pid}/maps")
        while "duckdb" not in maps.read_text(encoding="utf-8") and night.poll() is None:
            time.sleep(0.01)
        night.send_signal(number)
        _, output = night.communicate(timeout=60)
    assert night.returncode == 1, output
    assert output == "Körningen avbröts; ingenting publicerades. Det som var publicerat står kvar.\n"
