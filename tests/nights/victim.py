"""A night in a process of its own, to be killed, or to lose its power: what hasn't reached the disk is then lost.

The processes are forked from one that has imported everything, so that each begins at once.
"""

import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NoReturn

from assets.settings import Settings
from pipelines.run_context import run_context
from pipelines.steps import Steps

_FLEETING = ("runs", "logs", "lock", "dagster", "inbox")
"""What in the data folder may be lost: no run reads what another has left there."""

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.nights.victim"])


def settings_of(data: Path, inbox: Path | None = None, today: date = date(2023, 11, 21)) -> Settings:
    return Settings(data=data, inbox=inbox or data / "inbox", config=data / "config", today=today)


def start(target: Callable[..., None], *arguments: object) -> BaseProcess:
    process = _PROCESSES.Process(target=target, args=arguments)
    process.start()
    return process


def night(settings: Settings) -> None:
    with run_context(settings, None, None, "01234567") as run:
        Steps(settings).all(run)


def night_with_power(settings: Settings, cut: int | str, events: Path) -> None:
    """A night whose power goes at its `cut`-th syncing or renaming (0: never), or at the first one after something
    was renamed to the place `cut`. Writes their number to `events`."""
    power = _Power(settings.data, cut)
    real = {name: getattr(os, name) for name in ("fsync", "replace", "rename")}

    def fsync(descriptor: int) -> None:
        power.step()
        real["fsync"](descriptor)
        power.synced.add(_state(os.fstat(descriptor)))

    def moving(name: str) -> Callable[..., None]:
        def move(*arguments: Any, **more: Any) -> None:
            power.step()
            real[name](*arguments, **more)
            power.moved = str(arguments[1])

        return move

    os.fsync, os.replace, os.rename = fsync, moving("replace"), moving("rename")
    night(settings)
    events.write_text(str(power.events), encoding="utf-8")


class _Power:
    def __init__(self, data: Path, cut: int | str) -> None:
        self.data, self.cut, self.events, self.moved = data, cut, 0, ""
        self.synced = {_state(path.stat()) for path in self._files()}

    def step(self) -> None:
        self.events += 1
        if self.events == self.cut or self.moved == str(self.data / str(self.cut)):
            self._goes()

    def _goes(self) -> NoReturn:
        for path in self._files():
            if _state(path.stat()) not in self.synced:
                os.truncate(path, 0)
        os._exit(9)

    def _files(self) -> list[Path]:
        found = (path for path in self.data.rglob("*") if path.is_file() and not path.is_symlink())
        return [path for path in found if path.relative_to(self.data).parts[0] not in _FLEETING]


def _state(stat: os.stat_result) -> tuple[int, int, int]:
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def assert_intact(folder: Path) -> None:
    """Every file of a published folder is the one that its manifest names."""
    outputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    for place, digest in outputs.items():
        assert hashlib.sha256((folder / place).read_bytes()).hexdigest() == digest, place
