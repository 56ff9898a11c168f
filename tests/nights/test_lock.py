"""Two runs at once: the second waits, and then says who is at it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipelines.run_lock import RunInProgress, run_lock


def test_the_second_waits_and_then_says_who_holds_it(tmp_path: Path) -> None:
    with (
        run_lock(tmp_path, "nattlig körning"),
        pytest.raises(RunInProgress, match=r"nattlig körning \(process \d+ på .+, sedan \d{4}-\d\d-\d\d \d\d:\d\d\)"),
        run_lock(tmp_path, "genomgång", wait=0.1),
    ):
        pass


def test_the_second_goes_on_when_the_first_is_done(tmp_path: Path) -> None:
    done = threading.Event()
    with run_lock(tmp_path, "nattlig körning"):
        threading.Timer(0.3, done.set).start()
        done.wait()
    with run_lock(tmp_path, "genomgång", wait=0.1):
        assert (tmp_path / "lock.json").exists()
    assert not (tmp_path / "lock.json").exists()


def test_the_lock_goes_with_its_process(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from pipelines.run_lock import run_lock\n"
        "with run_lock(Path(sys.argv[1]), 'natt'): os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)  # noqa: S603
    with run_lock(tmp_path, "genomgång", wait=0.1):
        pass
