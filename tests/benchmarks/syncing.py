"""What it costs that everything reaches the disk (fsync) before it is shown. Run it by hand, on any inbox:

.venv/bin/python -m tests.benchmarks.syncing <inbox> <today>

Four nights: the first, which archives everything, and the next, each with and without.
"""

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.nights.victim import night, settings_of


def main(inbox: Path, today: date) -> None:
    real, synced = os.fsync, [0]

    def count(descriptor: int) -> None:
        synced[0] += 1
        real(descriptor)

    for words, fsync in (("with", count), ("without", lambda _: None)):
        build = Path.cwd() / "build"  # on a disk, as /tmp may not be
        build.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=build) as name:
            settings = settings_of(Path(name) / "data", inbox, today)
            os.fsync = fsync
            for which in ("first", "next"):
                began, cpu, synced[0] = time.perf_counter(), time.process_time(), 0
                night(settings)
                seconds, used = time.perf_counter() - began, time.process_time() - cpu
                print(
                    f"the {which} night {words} fsync: {seconds:.1f} s, CPU {used:.1f} s, {synced[0]} times",
                    flush=True,
                )
    os.fsync = real


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
