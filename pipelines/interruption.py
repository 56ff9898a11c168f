"""SIGINT and SIGTERM end what goes on in an orderly way: locks are let go, drafts are removed, a sentence is said."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    _Hook = Callable[[sys.UnraisableHookArgs], object]

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SOON = 0.05
"""Seconds."""


class Interrupted(BaseException):
    """Somebody has asked the process to stop. No Exception: nothing that goes on after a fault may swallow it."""


@contextmanager
def interruptible() -> Iterator[None]:
    """While it lasts both signals raise Interrupted, also where the parent had SIGINT ignored (as a shell does for
    its background jobs). Outside the main thread, which alone receives signals, it changes nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    requested = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> NoReturn:
        requested.set()
        raise Interrupted

    before = {number: signal.signal(number, ask) for number in _SIGNALS}
    hook, sys.unraisablehook = sys.unraisablehook, _asking_again(sys.unraisablehook)
    try:
        yield
    except Exception as fault:
        if requested.is_set():  # a library has made a fault of its own of it: DuckDB, amid a query, a RuntimeError
            raise Interrupted from fault
        raise
    finally:
        sys.unraisablehook = hook
        for number, handler in before.items():
            signal.signal(number, handler)


def _asking_again(otherwise: "_Hook") -> "_Hook":
    """A hook that has the process asked once more where the interruption came up in a callback of the interpreter's,
    as of a weak reference: nothing can be raised from there."""

    def hook(unraisable: "sys.UnraisableHookArgs") -> None:
        if issubclass(unraisable.exc_type, Exception | GeneratorExit):
            otherwise(unraisable)
        else:
            threading.Timer(_SOON, os.kill, (os.getpid(), signal.SIGTERM)).start()

    return hook
