"""SIGINT and SIGTERM end what goes on in an orderly way: locks are let go, drafts are removed, a sentence is said."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(BaseException):
    """Somebody has asked the process to stop. No Exception: nothing that goes on after a fault may swallow it."""


@contextmanager
def interruptible() -> Iterator[None]:
    """While it lasts both signals raise Interrupted, also where the parent had SIGINT ignored (as a shell does for
    its background jobs). Outside the main thread, which alone receives signals, it changes nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _raise) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Interrupted
