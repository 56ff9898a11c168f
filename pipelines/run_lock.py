"""One run at a time per data folder, whoever starts it: the command line, the schedule or the UI."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assets.atomic import atomic_write
from pipelines.interruption import interruptible

WAIT_SECONDS = 60.0
"""How long a second run waits for the first."""


class RunInProgress(RuntimeError):
    """Another run holds the lock; the message says in Swedish which."""


@contextmanager
def run_lock(data: Path, doing: str, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Holds the lock. It is the operating system's, so it goes with its process however that ends. Raises
    RunInProgress, and Interrupted where a signal ends the waiting."""
    data.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(data / "lock"), data / "lock.json"
    try:
        with interruptible():  # Dagster, where it is at work, would keep a signal until the waiting is over
            lock.acquire(timeout=wait)
    except Timeout as fault:
        raise RunInProgress(f"En annan körning pågår: {_held_by(holder)}. Försök igen när den är klar.") from fault
    try:
        who = {
            "doing": doing,
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(),
        }
        with atomic_write(holder) as draft:
            draft.write_text(json.dumps(who), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def is_locked(data: Path) -> bool:
    """Whether a run is going on."""
    lock = FileLock(data / "lock")
    if not Path(lock.lock_file).exists():
        return False
    try:
        with lock.acquire(timeout=0):
            return False
    except (Timeout, PermissionError):
        return True


def _held_by(holder: Path) -> str:
    try:
        who = json.loads(holder.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(who["since"]).astimezone()
    except (FileNotFoundError, ValueError, KeyError):
        return "okänt vem"
    return f"{who['doing']} (process {who['pid']} på {who['host']}, sedan {since:%Y-%m-%d %H:%M})"
