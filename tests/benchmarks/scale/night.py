"""One night in a process of its own, as `lagesbild run` makes it, with what each step cost.

    python -m tests.benchmarks.scale.night <inbox> <data folder> <day> <results>

Adds a JSON line for each step to the file `results`: its name, seconds on the clock, CPU seconds and peak bytes; of
all processes together. The last line is the whole night, imports and Dagster included.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.benchmarks.scale.process_tree import Meter

STEPS = {
    "reading": ("pipelines.steps", "resolve_deliveries"),
    "loading": ("assets.warehouse.build", "load"),
    "history, read": ("assets.warehouse.build", "load_history"),
    "SQL": ("assets.warehouse.assets", "build_only"),
    "validation": ("pipelines.steps", "validate"),
    "history, written": ("pipelines.steps", "write_history"),
    "alerts": ("pipelines.steps", "evaluate"),
    "publication": ("pipelines.steps", "build_draft"),
    "audit": ("pipelines.steps", "audit_draft"),
    "release": ("pipelines.steps", "release"),
}
"""What a night's steps are called here, and the function that each is."""
NIGHT = "the whole night"


def main(inbox: Path, data: Path, today: date, results: Path) -> int:
    with Meter() as meter:
        from assets.settings import Settings
        from pipelines.commands.run import execute

        most = [0]
        for step, (module, name) in STEPS.items():
            place = import_module(module)
            setattr(place, name, measured(step, getattr(place, name), meter, results, most))
        code = execute(Settings(data=data, inbox=inbox, config=data / "config", today=today), None, None)
        _add(results, NIGHT, meter.seconds(), meter.cpu(), max(most[0], meter.take_peak()))
    return code


def measured(
    step: str, function: Callable[..., Any], meter: Meter, results: Path, most: list[int]
) -> Callable[..., Any]:
    """The function, which adds what each call of it cost. `most` holds the highest peak so far."""

    @wraps(function)
    def call(*args: Any, **more: Any) -> Any:
        most[0] = max(most[0], meter.take_peak())
        clock, cpu = meter.seconds(), meter.cpu()
        try:
            return function(*args, **more)
        finally:
            peak = meter.take_peak()
            most[0] = max(most[0], peak)
            _add(results, step, meter.seconds() - clock, meter.cpu() - cpu, peak)

    return call


def _add(results: Path, step: str, seconds: float, cpu: float, peak: int) -> None:
    line = {"step": step, "seconds": round(seconds, 2), "cpu": round(cpu, 2), "peak": peak}
    with results.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3]), Path(sys.argv[4])))
