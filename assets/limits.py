"""A function run in a process of its own with limits on memory and time, for what people and registers have sent.

A spreadsheet that unpacks to many gigabytes or a template that never ends then costs that one file, not the night.
Linux only. The memory limit is RLIMIT_DATA, what the process may write to, the interpreter and its libraries
included: Polars with fastexcel needs some 200 MB with 2 threads and 400 MB with 96; here it has one. RLIMIT_AS would
count the address space too that their allocator reserves and never uses, 900 and 1 500 MB, so that a limit that holds
on one machine fails on another.
"""

import atexit
import os
import pickle
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Literal, TypeVar

from assets import limited_process
from assets.limited_process import CRASH, DONE
from assets.limited_servers import Servers

Result = TypeVar("Result")

Limit = Literal["memory", "time", "crash"]

_LIMITS: dict[int, Limit] = {limited_process.MEMORY: "memory", limited_process.TIME: "time", CRASH: "crash"}

_servers = Servers()
atexit.register(_servers.end_all)
os.register_at_fork(after_in_child=_servers.forget)  # a forked process of ours asks servers of its own


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
    server = _servers.take(modules)
    try:
        ended, outcome = server.ask(task)
    except BaseException:
        server.end()
        raise
    _servers.give_back(modules, server)
    if ended != DONE:
        raise LimitExceeded(_LIMITS[ended])
    result, error = pickle.loads(outcome)  # noqa: S301 - from the process, which has no rights but ours
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]
