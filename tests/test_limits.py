"""The child process with limits. The functions stand at the top of this module so that the child can import them."""

import os
import time

import pytest

from assets.limits import LimitExceeded, run_limited

MEMORY = 300_000_000
SECONDS = 20


def add(first: int, second: int) -> int:
    print("a library that prints")
    return first + second


def fill_memory(size: int) -> int:
    return len(b"a" * size)


def loop_for_ever() -> None:
    while True:
        time.sleep(1)


def abort() -> None:
    os.abort()


def fail() -> None:
    raise ValueError("rad 3")


class Unpicklable(Exception):
    def __init__(self, file: str, row: int) -> None:
        super().__init__(f"{file}: rad {row}")


def fail_unpicklably() -> None:
    raise Unpicklable("hemligt.csv", 3)


def process_id() -> int:
    return os.getpid()


def test_returns_what_the_function_returns_although_it_prints():
    assert run_limited(add, 2, 3, memory=MEMORY, seconds=SECONDS) == 5


def test_the_function_runs_in_another_process():
    assert run_limited(process_id, memory=MEMORY, seconds=SECONDS) != os.getpid()


def test_too_much_memory():
    assert run_limited(fill_memory, 1_000_000, memory=MEMORY, seconds=SECONDS) == 1_000_000
    with pytest.raises(LimitExceeded) as caught:
        run_limited(fill_memory, 3_000_000_000, memory=MEMORY, seconds=SECONDS)
    assert caught.value.limit == "memory"


def test_too_much_time():
    started = time.monotonic()
    with pytest.raises(LimitExceeded) as caught:
        run_limited(loop_for_ever, memory=MEMORY, seconds=0.5)
    assert caught.value.limit == "time"
    assert time.monotonic() - started < SECONDS


def test_a_crash():
    with pytest.raises(LimitExceeded) as caught:
        run_limited(abort, memory=MEMORY, seconds=SECONDS)
    assert caught.value.limit == "crash"


def test_raises_what_the_function_raises_with_its_traceback():
    with pytest.raises(ValueError, match="rad 3") as caught:
        run_limited(fail, memory=MEMORY, seconds=SECONDS)
    assert "in fail" in "".join(caught.value.__notes__)


def test_an_exception_that_cannot_be_pickled_is_named_by_its_class_alone():
    with pytest.raises(RuntimeError, match=r"^Unpicklable$"):
        run_limited(fail_unpicklably, memory=MEMORY, seconds=SECONDS)
