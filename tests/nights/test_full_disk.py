"""A full disk fails the night with one sentence, is no deliverer's fault, and leaves nothing of the night's own."""

import errno
import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.disk import disk_fault, is_disk_fault, raise_disk_fault, raise_disk_words
from assets.sql_files import Place, StepFailed, naming_query
from tests.nights.conftest import copied
from tests.nights.test_recovery import evening  # noqa: F401 – the fixture

ROOT = Path(__file__).parents[2]
PLACE = Place(ROOT / "sql" / "core" / "x.sql", 1)
FREE = ("300000", "10000000", "13600000")
"""Bytes that are left: in the archive, in the warehouse and while it validates. The benchmark tries more of them."""


def can_mount(folder: Path) -> bool:
    unshare = shutil.which("unshare")
    if not unshare:
        return False
    command = [unshare, "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603


@pytest.mark.long
def test_wherever_the_disk_gets_full(evening: Path, tmp_path: Path) -> None:  # noqa: F811 – the fixture
    data, mount = copied(evening, tmp_path), tmp_path / "mount"
    mount.mkdir()
    if not can_mount(mount):
        pytest.skip("no mount namespace of one's own here: unshare --user --mount")
    command = ["unshare", "--user", "--map-root-user", "--mount", sys.executable, "-m", "tests.benchmarks.full_disk"]
    done = subprocess.run(  # noqa: S603
        [*command, data, mount, data / "inbox", *FREE], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    nights = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    *full, last = nights
    assert last["code"] == 0, last
    failed = [night for night in full if night["code"]]
    assert len(failed) >= 2, [(night["free"], night["code"]) for night in full]
    for night in failed:
        assert "isken är full" in night["messages"] or "eller är full" in night["messages"], night
        assert "Traceback" not in night["messages"], night
    for night in nights:
        assert night["refused"] == last["refused"], "no delivery is refused for the disk's sake"
        assert night["left"] == [], night


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_what_a_disk_answers_is_known_in_any_librarys_words(number: int) -> None:
    answer = OSError(number, "x")
    assert is_disk_fault(answer)
    assert is_disk_fault(OSError(f"something (os error {number})"))
    wrapped = ValueError("a workbook")
    wrapped.__cause__ = answer
    assert disk_fault(wrapped).startswith("Disk")
    assert not is_disk_fault(ValueError(f"a cell with (os error {number})"))
    assert not is_disk_fault(PermissionError(errno.EACCES, "x"))


def test_what_another_library_kept_of_it_is_known() -> None:
    with pytest.raises(OSError, match="No space left") as raised:
        raise_disk_words("IOException", "(_duckdb.IOException) Could not write 'Anna': No space left on device")
    assert "Anna" not in str(raised.value)
    with pytest.raises(OSError, match="No space left"):
        raise_disk_words("TransactionException", "Failed to commit: Could not write: No space left on device")
    raise_disk_words("ConversionException", "a cell with No space left on device")
    with pytest.raises(OSError, match="Input/output error") as raised:
        raise_disk_fault(
            pl.exceptions.ComputeError("parquet: File out of specification: Invalid thrift: transport error")
        )
    raise_disk_fault(pl.exceptions.ComputeError("parquet: File out of specification: Unexpected EOF"))


@pytest.mark.parametrize("message", ["No space left on device (os error 28)", "a cell"])
def test_a_query_that_fails_says_whose_fault_it_was(message: str) -> None:
    with pytest.raises(OSError if "space" in message else StepFailed) as raised, naming_query("core.x", PLACE):
        raise duckdb.IOException(f"Could not write block 'Anna': {message}")
    assert "Anna" not in str(raised.value)
