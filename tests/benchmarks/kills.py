"""Nights killed at random moments, and nights whose power goes. Run it by hand, on any inbox:

.venv/bin/python -m tests.benchmarks.kills <inbox> <today> [kills] [power cuts] [minutes]

Each night has deliveries to take in, older than those in force, so that figures stay. After each the picture that is
shown is held against its manifest; at the end a whole night is published, its figures are the first night's, and
`lagesbild doctor` finds nothing damaged. Raises where something is torn. When the minutes are over it ends with what
it has tried.
"""

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from assets.intake.inbox_names import match_register
from assets.registers.read_contracts import load_registers
from pipelines.commands.doctor import examine
from tests.nights.victim import assert_intact, night, night_with_power, settings_of, start

WRITTEN_ANEW = {"leveranser.csv", "larm.csv"}
"""What a delivery that is not in force changes."""


def main(inbox: Path, today: date, kills: int, cuts: int, minutes: int) -> None:
    draw = random.Random()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, events = folder / "data", folder / "events"
        inbox = Path(shutil.copytree(inbox, folder / "inbox"))
        settings, current = settings_of(data, inbox, today), data / "published" / "current"
        start(night, settings).join()
        figures = figures_of(current)
        deliver(inbox, 0, draw)
        measured = settings_of(Path(shutil.copytree(data, folder / "measured", symlinks=True)), inbox, today)
        began = time.monotonic()
        start(night_with_power, measured, 0, events).join()
        seconds, number = time.monotonic() - began, int(events.read_text("utf-8"))
        print(f"a night takes {seconds:.1f} s and syncs or renames {number} times", flush=True)
        planned = ["kill"] * kills + ["power cut"] * cuts
        draw.shuffle(planned)
        tried, ends, published = Counter[str](), time.monotonic() + 60 * minutes, current.resolve()
        for nth, way in enumerate(planned, start=1):
            if time.monotonic() > ends:
                break
            deliver(inbox, nth, draw)
            if way == "kill":
                process = start(night, settings)
                process.join(draw.uniform(0, seconds))
                process.kill()
            else:
                process = start(night_with_power, settings, draw.randrange(1, number), events)
            process.join()
            assert_intact(current)
            tried[way] += 1
            tried[f"{way}, switched"] += published != current.resolve()
            published = current.resolve()
            print(nth, dict(tried), flush=True)
        start(night, settings).join()
        assert_intact(current)
        last = figures_of(current)
        assert last == figures, [place for place in last | figures if last.get(place) != figures.get(place)]
        assert examine(settings, repair=False)
        print(f"nothing torn: {dict(tried)}")


def deliver(inbox: Path, nth: int, draw: random.Random) -> None:
    """Five deliveries more, each a snapshot that came before, under an older day."""
    registers = {name: register for name, register in load_registers().items() if register.mode == "snapshot"}
    texts = [
        path for path in sorted(inbox.glob("*/*")) if path.suffix in (".csv", ".txt") and "_2019" not in path.name
    ]
    for source in draw.sample(texts, 5):
        if register := match_register(source.name, source.parent.name, registers):
            day = date(2019, 1, 1) + timedelta(days=nth)
            (source.parent / f"{register}_{day}.csv").write_bytes(source.read_bytes() + b"\n" * (nth + 1))


def figures_of(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*.csv")) if path.name not in WRITTEN_ANEW)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        date.fromisoformat(sys.argv[2]),
        *(int(given or usual) for given, usual in zip([*sys.argv[3:], "", "", ""], (200, 20, 600), strict=False)),
    )
