"""A function run in a process of its own with limits on memory and time, for what people and registers have sent.

A spreadsheet that unpacks to many gigabytes or a template that never ends then costs that one file, not the night.
Linux only. The memory limit is RLIMIT_DATA, what the process may write to, the interpreter and its libraries
included: Polars with fastexcel needs some 200 MB on 2 cores and 400 MB on 96. RLIMIT_AS would count the address
space too that their allocator reserves and never uses, 900 and 1 500 MB, so that a limit that holds on one machine
fails on another.
"""

import math
import os
import pickle
import resource
import subprocess
import sys
import traceback
from collections.abc import Callable
from typing import Literal, TypeVar

Result = TypeVar("Result")

Limit = Literal["memory", "time", "crash"]


class LimitExceeded(Exception):
    """The child process ended without an answer. `limit` says why: it needed more memory or time than it was given,
    or it crashed, which is also what a library in Rust or C does when memory ends."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit)
        self.limit = limit


def run_limited(function: Callable[..., Result], *args: object, memory: int, seconds: float) -> Result:
    """What `function(*args)` returns, worked out in a child process.

    `memory` is in bytes, `seconds` are on the clock and include the start of the child: some
    0.1 s, and the imports of the function's module. The function must stand at the top of a module that can be
    imported, and arguments and result must be picklable. Send paths rather than contents. What the child prints
    goes nowhere.

    Raises LimitExceeded, or what the function raised, with the child's traceback as a note. An exception that
    can't be pickled is raised as a RuntimeError that names its class alone.
    """
    task = pickle.dumps((sys.path, memory, seconds)) + pickle.dumps((function, args))
    try:
        child = subprocess.run(  # noqa: S603 - this file, by this interpreter
            [sys.executable, "-P", __file__],
            input=task,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise LimitExceeded("time") from None
    if child.returncode == _OUT_OF_MEMORY:
        raise LimitExceeded("memory")
    if child.returncode != 0:
        raise LimitExceeded("crash")
    result, error = pickle.loads(child.stdout)  # noqa: S301 - from the child, which has no rights but ours
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


_OUT_OF_MEMORY = 3


def _answer() -> None:
    """The child's part: reads the task on standard input, writes the answer on what was standard output."""
    answer = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # so that a library that prints does not spoil the answer
    task = sys.stdin.buffer
    sys.path[:], memory, seconds = pickle.load(task)  # noqa: S301 - from the parent
    _set_limits(memory, seconds)
    try:
        function, args = pickle.load(task)  # noqa: S301 - from the parent
        outcome = pickle.dumps((function(*args), None))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - the parent raises it
        outcome = pickle.dumps((None, _picklable(error)))
    with os.fdopen(answer, "wb") as stream:
        stream.write(outcome)


def _set_limits(memory: int, seconds: float) -> None:
    """No core dump: it would hold personal data. The limit on CPU time ends a child whose parent has died."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cpu = math.ceil(seconds) * (os.cpu_count() or 1) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))


def _picklable(error: Exception) -> Exception:
    error.add_note("".join(traceback.format_tb(error.__traceback__)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - what was just made
    except Exception:  # noqa: BLE001 - any class may refuse in its own way
        return RuntimeError(type(error).__name__)
    return error


if __name__ == "__main__":
    _answer()
