"""The one seam for parallel work: tasks over a `concurrent.futures.Executor`, of this machine or of a cluster.

A task is a function at the top of a module with what it is asked of; both are pickled. It opens what it needs by its
path, and gives back what it found, so it makes the same wherever it is done, and as often as it is.
"""

import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from threading import Thread
from typing import TypeVar

from assets.garbage import look_seldom
from assets.permissions import owner_only
from assets.refusal import RunRefused

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")

_LOGGER = "lagesbild"
_CONTEXT = multiprocessing.get_context("forkserver")  # a fork of this process would stop at a lock of Polars'


_opened: list[Callable[[], None]] = []


def when_done(end: Callable[[], None]) -> None:
    """What this worker is to close once its run has no more tasks for it, should it outlive the run."""
    _opened.append(end)


def let_go() -> None:
    """Closes what tasks have opened."""
    while _opened:
        _opened.pop()()


@contextmanager
def cluster(address: str, data: Path) -> Iterator[tuple[Executor, int]]:
    """An executor of the workers of the Dask scheduler at the address, and how many they are; `data` is what they
    share with this machine. Raises RunRefused."""
    try:
        from assets.cluster import dask
    except ImportError:
        raise RunRefused("LAGESBILD_DASK behöver ett tillägg på datorn: pip install 'lagesbild[dask]'.") from None
    with dask(address, data) as hands:
        yield hands


@contextmanager
def threads(workers: int) -> Iterator[tuple[Executor, int]]:
    """An executor of so many threads, for tasks that wait for processes of their own."""
    with ThreadPoolExecutor(workers) as pool:
        yield pool, workers


def start_ahead(*modules: str) -> None:
    """Begins what `processes` with the same modules begins with, while this process does something else: the process
    that they are forked from, which imports the modules once for all of them."""
    _CONTEXT.set_forkserver_preload(list(modules))
    ensure_running()


@contextmanager
def processes(workers: int, *modules: str) -> Iterator[Executor]:
    """An executor of so many processes of this machine. `modules`: what they import once for all. Tasks that haven't
    begun when the block is left by an exception never do."""
    _CONTEXT.set_forkserver_preload(list(modules))
    pool = ProcessPoolExecutor(workers, _CONTEXT, _begin)
    try:
        yield pool
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def run_tasks(executor: Executor, function: Callable[[Task], Outcome], tasks: Sequence[Task]) -> Iterator[Outcome]:
    """What the function gives for each task, in their order. What it logs elsewhere is logged here, too. Raises what
    the function raises."""
    for outcome, records in executor.map(partial(_logged, function), tasks):
        for record in records:
            logging.getLogger(record.name).handle(record)
        yield outcome


def _logged(function: Callable[[Task], Outcome], task: Task) -> tuple[Outcome, list[logging.LogRecord]]:
    logger, kept = logging.getLogger(_LOGGER), _Kept()
    logger.addHandler(kept)
    logger.setLevel(logging.INFO)
    try:
        with owner_only():
            return function(task), kept.records
    finally:
        logger.removeHandler(kept)


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        record.msg, record.args, record.exc_info = record.getMessage(), None, None
        self.records.append(record)


def _begin() -> None:
    """A worker ends when the run does, however that ends; interrupting it is for the run to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_seldom()
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_it() -> None:
        parent.join()
        os._exit(1)

    Thread(target=end_with_it, daemon=True).start()
