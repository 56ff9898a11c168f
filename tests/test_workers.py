"""Tasks done elsewhere: in order, with what they log and raise, and never after the run that asked for them."""

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assets.workers import processes, run_tasks

pytestmark = pytest.mark.slow

logger = logging.getLogger("lagesbild.workers")


def half(number: int) -> tuple[int, int]:
    """Half a number, and the umask that it is worked out under."""
    logger.warning("%d halveras", number)
    before = os.umask(0)
    os.umask(before)
    if number % 2:
        raise ValueError(number)
    return number // 2, before


def write_id_and_wait(path: Path) -> None:
    path.write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)


def test_tasks_come_back_in_order_with_what_they_log(caplog: pytest.LogCaptureFixture) -> None:
    with processes(2, __name__) as executor:
        assert list(run_tasks(executor, half, [8, 2, 6])) == [(4, 0o77), (1, 0o77), (3, 0o77)]
    assert [record.message for record in caplog.records] == ["8 halveras", "2 halveras", "6 halveras"]


def test_what_is_imported_ahead_is_imported_once_before_there_are_processes(tmp_path: Path) -> None:
    (tmp_path / "heavy.py").write_text(
        "import os, pathlib\nnoted = pathlib.Path(__file__).with_name('noted')\n"
        "noted.write_text(noted.read_text() + f'{os.getpid()} ' if noted.exists() else f'{os.getpid()} ')\n"
        "def parent(_): return os.getppid()\n",
        encoding="utf-8",
    )
    code = (
        "import time; from pathlib import Path; from assets.workers import *\n"
        f"start_ahead('heavy'); noted = Path({str(tmp_path / 'noted')!r})\n"
        "while not (noted.exists() and noted.read_text()): time.sleep(0.01)\n"
        "import heavy\n"
        "with processes(2, 'heavy') as executor: print(*run_tasks(executor, heavy.parent, [1, 2]))"
    )
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[1]}"}
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=60
    )
    importers = (tmp_path / "noted").read_text(encoding="utf-8").split()
    assert len(importers) == 2, "the server of the processes and this run itself: no process by itself"
    assert set(run.stdout.split()) == {importers[0]}


def test_what_a_task_raises_is_raised_and_the_rest_left() -> None:
    with pytest.raises(ValueError, match="3"), processes(1, __name__) as executor:
        list(run_tasks(executor, half, [2, 3, *range(4, 1000, 2)]))


def test_a_worker_ends_with_the_run_that_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "id"
    code = (
        "from pathlib import Path; from assets.workers import *; from tests.test_workers import write_id_and_wait\n"
        "with processes(1, 'tests.test_workers') as executor:\n"
        f"    list(run_tasks(executor, write_id_and_wait, [Path({str(file)!r})]))"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as run:  # noqa: S603
        worker = int(waited_for(lambda: file.exists() and file.read_text(encoding="utf-8")))
        run.send_signal(signal.SIGKILL)
    assert waited_for(lambda: not Path(f"/proc/{worker}").exists())


def waited_for(found: object) -> str:
    assert callable(found)
    ends = time.monotonic() + 60
    while not (answer := found()):
        assert time.monotonic() < ends, "nothing happens"
        time.sleep(0.05)
    return str(answer)
