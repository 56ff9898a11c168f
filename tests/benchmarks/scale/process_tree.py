"""What a process and all that it has started use: CPU seconds, and the most memory at one time.

The machine may be busy with something else, so seconds on the clock say little; CPU seconds are the process's own.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

_TICKS = os.sysconf("SC_CLK_TCK")
_EVERY = 0.1


class Meter:
    """Samples this process and its descendants while it is entered. Linux only."""

    def __init__(self) -> None:
        self._root, self._peak, self._ends = os.getpid(), 0, False
        self._thread = Thread(target=self._sample, daemon=True)

    def __enter__(self) -> "Meter":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends = True
        self._thread.join()

    def seconds(self) -> float:
        """How long ago this process was started, before it imported anything."""
        started = int(_fields(self._root)[19]) / _TICKS
        return float(Path("/proc/uptime").read_text().split()[0]) - started

    def cpu(self) -> float:
        """The CPU seconds so far, of processes that have ended too."""
        return sum(map(_cpu, _tree(self._root)))

    def take_peak(self) -> int:
        """The most bytes at one time since it was last asked. What processes share is counted in proportion."""
        self._look()
        peak, self._peak = self._peak, 0
        return peak

    def _sample(self) -> None:
        while not self._ends:
            self._look()
            time.sleep(_EVERY)

    def _look(self) -> None:
        self._peak = max(self._peak, sum(map(_memory, _tree(self._root))))


def _tree(root: int) -> list[int]:
    """The process and its descendants."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _fields(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [root]
    for process in found:  # it grows as they are found
        found += children.get(process, [])
    return found


def _fields(process: int) -> list[str]:
    """What /proc says of it, from its state on; nothing where it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return []


def _cpu(process: int) -> float:
    """Its own, and that of its children that have ended and were waited for."""
    fields = _fields(process)
    return sum(map(int, fields[11:15])) / _TICKS if fields else 0.0


def _memory(process: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
