"""The one seam for parallel work: tasks over a `concurrent.futures.Executor`.

A task is a function at the top of a module with what it is asked of; both are pickled. It opens what it needs by its
path, and gives back what it found, so it makes the same wherever it is done.
"""

import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Thread
from typing import TypeVar

from assets.permissions import owner_only

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")

_LOGGER = "lagesbild"


@contextmanager
def processes(workers: int, *modules: str) -> Iterator[Executor]:
    """An executor of so many processes of this machine. `modules`: what they import once for all. Tasks that haven't
    begun when the block is left by an exception never do."""
    context = multiprocessing.get_context("forkserver")  # a fork of this process would stop at a lock of Polars'
    context.set_forkserver_preload(list(modules))
    pool = ProcessPoolExecutor(workers, context, _begin)
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
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_it() -> None:
        parent.join()
        os._exit(1)

    Thread(target=end_with_it, daemon=True).start()
