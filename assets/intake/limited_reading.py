"""Deliveries read in child processes with limits on memory and time, many to a child.

Small files share a child, for each costs a start and a message. Where it ends without an answer, whatever the file
was that ended it, each of its files is read again in a child of its own: only the one that is too much for it is
refused.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import TypeVar

from assets.limits import LimitExceeded, run_limited
from assets.registers.refusal_reasons import TOO_MUCH_MEMORY, TOO_MUCH_TIME, UNREADABLE
from assets.settings import Limits

Job = TypeVar("Job")
Outcome = TypeVar("Outcome")

TOO_MUCH = {"memory": TOO_MUCH_MEMORY, "time": TOO_MUCH_TIME, "crash": UNREADABLE}
"""Why a file is refused that exceeds a limit of its reading."""

BATCH_FILES, BATCH_BYTES = 200, 10_000_000
"""So much is read by one child at the most; a larger file has its own."""


def map_limited(
    read: Callable[[Sequence[Job]], list[Outcome]],
    jobs: Sequence[Job],
    sizes: Sequence[int],
    limits: Limits | None,
    too_much: Callable[[Job, LimitExceeded], Outcome],
    executor: Executor,
    workers: int,
) -> list[Outcome]:
    """What `read` gives for each job of a batch, in the jobs' order.

    `read` must be a function at the top of a module; jobs and outcomes are pickled. `sizes`: the bytes of each job's
    file. `limits`: None reads in this process, which is for files of one's own making. `too_much` makes the
    outcome of a job that exceeds the limits. `executor`: where the batches are handed out, to so many `workers`; each
    waits for the process that reads. Raises what `read` raises.
    """
    if limits is None:
        return [outcome for batch in _batches(jobs, sizes, 1) for outcome in read(batch)]
    read_batch = partial(_read_batch, read, limits, too_much)
    batches = list(_batches(jobs, sizes, workers))
    return [outcome for outcomes in executor.map(read_batch, batches) for outcome in outcomes]


def _read_batch(
    read: Callable[[Sequence[Job]], list[Outcome]],
    limits: Limits,
    too_much: Callable[[Job, LimitExceeded], Outcome],
    batch: Sequence[Job],
) -> list[Outcome]:
    try:
        return run_limited(read, batch, memory=limits.memory, seconds=limits.seconds)
    except LimitExceeded as fault:
        if len(batch) == 1:
            return [too_much(batch[0], fault)]
        return [outcome for job in batch for outcome in _read_batch(read, limits, too_much, [job])]


def _batches(jobs: Sequence[Job], sizes: Sequence[int], workers: int) -> Iterator[list[Job]]:
    """Jobs in their order, as many to a batch as it takes, but no fewer batches than workers."""
    most_files = min(BATCH_FILES, max(1, -(-len(jobs) // workers)))
    batch: list[Job] = []
    room = BATCH_BYTES
    for job, size in zip(jobs, sizes, strict=True):
        if batch and (size > room or len(batch) == most_files):
            yield batch
            batch, room = [], BATCH_BYTES
        batch.append(job)
        room -= size
    if batch:
        yield batch
