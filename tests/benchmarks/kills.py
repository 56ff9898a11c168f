"""Nights killed at random moments, and nights whose power goes. Run it by hand, on any inbox:

.venv/bin/python -m tests.benchmarks.kills <inbox> <today> [kills] [power cuts]

After each the picture that is shown is held against its manifest; at the end a whole night is published, and
`lagesbild doctor` finds nothing damaged. Raises where something is torn.
"""

import random
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from pipelines.commands.doctor import examine
from tests.nights.victim import assert_whole, night, night_with_power, settings_of, start


def main(inbox: Path, today: date, kills: int, cuts: int) -> None:
    draw = random.Random()
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        settings, current, events = (
            settings_of(data, inbox, today),
            data / "published" / "current",
            Path(name) / "events",
        )
        start(night, settings).join()
        whole = csv_of(current)
        measured = settings_of(Path(shutil.copytree(data, Path(name) / "measured", symlinks=True)), inbox, today)
        began = time.monotonic()
        start(night_with_power, measured, 0, events).join()
        seconds, number = time.monotonic() - began, int(events.read_text("utf-8"))
        print(f"a night takes {seconds:.1f} s and syncs or renames {number} times")
        switched, shown = 0, current.resolve()
        for cut in [0] * kills + [draw.randrange(1, number) for _ in range(cuts)]:
            process = start(night_with_power, settings, cut, events) if cut else start(night, settings)
            process.join(None if cut else draw.uniform(0, seconds))
            process.kill()
            process.join()
            assert_whole(current)
            switched, shown = switched + (shown != current.resolve()), current.resolve()
        start(night, settings).join()
        assert csv_of(current) == whole
        assert examine(settings, repair=False)
        print(f"{kills} kills and {cuts} power cuts: {switched} had switched, none tore anything")


def csv_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), *(int(each) for each in (*sys.argv[3:], 200, 20)[:2]))
