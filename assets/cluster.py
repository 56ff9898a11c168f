"""The seam of `assets/workers.py` past one machine: the workers of a Dask cluster, as an executor.

Dask hands the tasks out, and does those of a worker that has died anew elsewhere, also what it had done and not yet
answered. Its workers see the data folder under the same path as this machine, on storage that they share, and hold
the same version of the product. This module is imported where LAGESBILD_DASK is set, and by the workers.
"""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from distributed import Client, Worker, WorkerPlugin

from assets.refusal import RunRefused
from assets.workers import let_go

CONNECT_SECONDS = 30
"""How long a scheduler may be silent, or without any worker."""


class _Housekeeping(WorkerPlugin):
    """A worker's files are its owner's alone while it works for a run; then it lets go of what it opened for it."""

    name = "lagesbild"

    def setup(self, worker: Worker) -> None:  # noqa: ARG002 – Dask gives it
        self._umask = os.umask(0o077)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 – Dask gives it
        let_go()
        os.umask(self._umask)


@contextmanager
def dask(address: str, data: Path) -> Iterator[tuple[Executor, int]]:
    """An executor of the workers of the scheduler at the address, and how many they are now. Raises RunRefused where
    nobody answers there, or a worker wouldn't make what this process does."""
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError):
        raise RunRefused(f"Dask svarar inte på {address}.") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError:
            raise RunRefused(f"Dask på {address} har ingen arbetare.") from None
        _check(client, data)
        client.register_plugin(_Housekeeping())
        try:
            yield client.get_executor(pure=False), len(client.nthreads())
        finally:
            client.unregister_worker_plugin(_Housekeeping.name)


def _check(client: Client, data: Path) -> None:
    here = version("lagesbild")
    found: Mapping[str, tuple[str, bool] | Exception] = client.run(_condition, str(data), on_error="return")
    for worker, condition in found.items():
        match condition:
            case (theirs, _) if theirs != here:
                raise RunRefused(f"Arbetaren {worker} har version {theirs} av Lägesbild, och den här datorn {here}.")
            case (_, False):
                raise RunRefused(f"Arbetaren {worker} kan inte skriva i {data}: mappen ska delas under samma namn.")
            case Exception():
                raise RunRefused(f"Arbetaren {worker} kan inte köra Lägesbild: {type(condition).__name__}.")
    for worker, threads in client.nthreads().items():
        if threads != 1:
            raise RunRefused(f"Arbetaren {worker} gör {threads} saker samtidigt: starta den med --nthreads 1.")


def _condition(data: str) -> tuple[str, bool]:
    """What a worker says of itself: its version of the product, and whether it can write in the data folder."""
    return version("lagesbild"), os.access(data, os.W_OK)
