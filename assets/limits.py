"""A function run in a process of its own with limits on memory and time, for what people and registers have sent.

A spreadsheet that unpacks to many gigabytes or a template that never ends then costs that one file, not the night.
Linux only. The memory limit is RLIMIT_DATA, what the process may write to, the interpreter and its libraries
included: Polars with fastexcel needs some 200 MB on 2 cores and 400 MB on 96. RLIMIT_AS would count the address
space too that their allocator reserves and never uses, 900 and 1 500 MB, so that a limit that holds on one machine
fails on another.
"""

import atexit
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from types import FunctionType
from typing import Literal, TypeVar

from assets import limited_process
from assets.limited_process import CRASH, DONE, IDLE_SECONDS, receive, send

Result = TypeVar("Result")

Limit = Literal["memory", "time", "crash"]

_LIMITS: dict[int, Limit] = {limited_process.MEMORY: "memory", limited_process.TIME: "time", CRASH: "crash"}

_PROGRAM = Path(limited_process.__file__)


class LimitExceeded(Exception):
    """The process ended without an answer. `limit` says why: it needed more memory or time than it was given,
    or it crashed, which is also what a library in Rust or C does when memory ends."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit)
        self.limit = limit


def run_limited(function: Callable[..., Result], *args: object, memory: int, seconds: float) -> Result:
    """What `function(*args)` returns, worked out in a process of its own.

    `memory` is in bytes, `seconds` are on the clock. The function must stand at the top of a module that can be
    imported, and arguments and result must be picklable. Send paths rather than contents, and
    absolute ones: the process may stand in another folder. What the process prints
    goes nowhere.

    Raises LimitExceeded, or what the function raised, with the traceback of its process as a note. An exception that
    can't be pickled is raised as a RuntimeError that names its class alone.
    """
    modules = tuple(dict.fromkeys(own.__module__ for own in (function, *args) if isinstance(own, FunctionType)))
    task = pickle.dumps((sys.path, modules, memory, seconds)) + pickle.dumps((function, args))
    server = _take(modules)
    try:
        ended, outcome = server.ask(task)
    except BaseException:
        server.end()
        raise
    _give_back(modules, server)
    if ended != DONE:
        raise LimitExceeded(_LIMITS[ended])
    result, error = pickle.loads(outcome)  # noqa: S301 - from the process, which has no rights but ours
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


class _Server:
    """A process that forks one for each question. It has imported the modules of some functions."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program, by this interpreter
            [sys.executable, "-P", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.used = time.monotonic()

    def ask(self, task: bytes) -> tuple[int, bytes]:
        """How the process ended and the pickled outcome."""
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise AssertionError
        try:
            send(process.stdin, task)
            answer = receive(process.stdout)
        except (EOFError, BrokenPipeError):
            return CRASH, b""  # the server itself has ended: the machine's memory did
        self.used = time.monotonic()
        return answer[0], answer[1:]

    @property
    def is_there(self) -> bool:
        """Whether it can be counted on to wait for another question."""
        return self._process.poll() is None and time.monotonic() - self.used < IDLE_SECONDS / 2

    def end(self) -> None:
        with self._process as process:
            process.kill()


_lock = Lock()
_idle: dict[tuple[str, ...], list[_Server]] = {}
"""Servers that wait, by the modules that they have imported."""


def _end_all() -> None:
    with _lock:
        servers = [server for waiting in _idle.values() for server in waiting]
        _idle.clear()
    for server in servers:
        server.end()


atexit.register(_end_all)
os.register_at_fork(after_in_child=_idle.clear)  # a forked process of ours asks servers of its own


def _take(modules: tuple[str, ...]) -> _Server:
    while True:
        with _lock:
            waiting = _idle.get(modules)
            server = waiting.pop() if waiting else None
        if server is None:
            return _Server()
        if server.is_there:
            return server
        server.end()


def _give_back(modules: tuple[str, ...], server: _Server) -> None:
    with _lock:
        _idle.setdefault(modules, []).append(server)
