"""The child process with limits. The functions stand at the top of this module so that the child can import them."""

import os
import signal
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assets.limited_servers import Servers
from assets.limits import LimitExceeded, run_limited

pytestmark = pytest.mark.slow

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


def polars_threads() -> int:
    import polars as pl

    return pl.thread_pool_size()


def make_file(path: Path) -> None:
    path.write_text("rad 3")


def test_returns_what_the_function_returns_although_it_prints():
    assert run_limited(add, 2, 3, memory=MEMORY, seconds=SECONDS) == 5


def test_the_process_has_one_thread_of_polars_whatever_the_machine_has():
    assert run_limited(polars_threads, memory=MEMORY, seconds=SECONDS) == 1


def test_what_the_function_makes_is_the_owner_s_alone_whatever_the_umask_at_the_server_s_start(tmp_path: Path):
    before = os.umask(0)
    try:
        run_limited(make_file, tmp_path / "file", memory=MEMORY, seconds=SECONDS)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


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


def parent_process_id() -> int:
    return os.getppid()


def test_a_server_is_asked_again_and_none_is_shared_by_two_questions_at_once() -> None:
    def parents(number: int) -> list[int]:
        with ThreadPoolExecutor(number) as pool:
            answers = [
                pool.submit(run_limited, slow_parent_id, memory=MEMORY, seconds=SECONDS) for _ in range(number)
            ]
        return [answer.result() for answer in answers]

    first, again = parents(3), parents(3)
    assert len(set(first)) == 3
    assert set(again) == set(first)


def slow_parent_id() -> int:
    time.sleep(0.5)
    return os.getppid()


def test_a_server_that_has_ended_is_replaced() -> None:
    ended = run_limited(parent_process_id, memory=MEMORY, seconds=SECONDS)
    os.kill(ended, signal.SIGKILL)
    while is_running(ended):
        time.sleep(0.01)
    assert run_limited(parent_process_id, memory=MEMORY, seconds=SECONDS) != ended


def test_servers_that_end_while_nobody_asks_are_no_zombies() -> None:
    servers = Servers(seconds=0.05)
    taken = [servers.take(()) for _ in range(3)]
    for server in taken:
        servers.give_back((), server)
    for server in taken:
        os.kill(server.process_id, signal.SIGKILL)
    until = time.monotonic() + SECONDS
    while any(Path(f"/proc/{server.process_id}").exists() for server in taken) and time.monotonic() < until:
        time.sleep(0.01)
    assert time.monotonic() < until
    last = servers.take(())
    assert last not in taken
    servers.give_back((), last)
    servers.end_all()


def is_running(process: int) -> bool:
    """Whether it has neither ended nor been taken leave of."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def kill_the_server() -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(0.2)


def test_a_server_that_ends_before_it_has_answered_is_a_crash() -> None:
    with pytest.raises(LimitExceeded) as caught:
        run_limited(kill_the_server, memory=MEMORY, seconds=SECONDS)
    assert caught.value.limit == "crash"
    assert run_limited(add, 2, 3, memory=MEMORY, seconds=SECONDS) == 5


def test_nothing_of_one_question_is_left_for_the_next() -> None:
    for _ in range(2):
        assert run_limited(remember, memory=MEMORY, seconds=SECONDS) == 1


_seen: list[int] = []


def remember() -> int:
    _seen.append(1)
    return len(_seen)
