"""Programs that tests start: none outlives its test."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 10.0


@contextmanager
def running(
    command: Sequence[str | Path], patience: float = PATIENCE, **more: Any
) -> "Iterator[subprocess.Popen[str]]":
    """The program, as long as the block goes on. It is told to end then, and killed where it hasn't within `patience`
    seconds. `more`: as of Popen."""
    with subprocess.Popen(command, text=True, **more) as process:  # noqa: S603 – what tests start is theirs
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()
