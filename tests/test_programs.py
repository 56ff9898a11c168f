"""A program that doesn't stop is stopped, and so is a test that doesn't end."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import running

pytestmark = pytest.mark.slow

STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()"
ROOT = Path(__file__).parents[1]


def test_a_program_that_does_not_stop_is_killed() -> None:
    with running([sys.executable, "-c", STUBBORN], patience=0.1, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "up\n"
    assert program.returncode == -9


def test_a_program_is_stopped_where_its_test_fails() -> None:
    with (
        pytest.raises(ZeroDivisionError),
        running([sys.executable, "-c", "import signal; signal.pause()"]) as program,
    ):
        _ = 1 / 0
    assert program.returncode == -15


def test_a_test_that_hangs_ends_the_run_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "test_hangs.py").write_text("import time\ndef test_it():\n    time.sleep(60)\n", encoding="utf-8")
    pytest_here = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-p", "no:cacheprovider"]
    ended = subprocess.run(  # noqa: S603 – pytest itself
        [*pytest_here, "-o", "faulthandler_timeout=1", tmp_path],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=50,
    )  # fmt: skip
    assert ended.returncode != 0
    assert "test_hangs.py" in ended.stderr
