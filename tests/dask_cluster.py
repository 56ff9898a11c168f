"""A Dask cluster of this machine's processes, one of whose workers may be killed."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL

from distributed import Client

from tests.programs import running

ROOT = Path(__file__).parents[1]


@dataclass
class Cluster:
    """`workers`: the process ids of those that are alive."""

    address: str
    workers: list[int]

    def kill_one_when(self, begun: Callable[[], bool]) -> threading.Thread:
        """Kills a worker once something has begun; the thread ends when it is dead."""

        def watch() -> None:
            until = time.monotonic() + 60
            while not begun():
                assert time.monotonic() < until, "nothing has begun"
                time.sleep(0.01)
            os.kill(self.workers.pop(), signal.SIGKILL)

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        return thread


@contextmanager
def dask_cluster(folder: Path) -> Iterator[Cluster]:
    """A scheduler and two workers, ready. `folder`: for what they write of their own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    folder.mkdir()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_CONFIG": str(folder / "dask")}
    quiet = {"cwd": folder, "env": environment, "stdout": DEVNULL, "stderr": DEVNULL}
    program = [sys.executable, "-m"]
    host, port = address.removeprefix("tcp://").split(":")
    scheduler = ["distributed.cli.dask_scheduler", "--host", host, "--port", port, "--no-dashboard"]
    worker = ["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
              "--local-directory", str(folder / "spill")]  # fmt: skip
    with ExitStack() as stack:
        stack.enter_context(running([*program, *scheduler], **quiet))
        workers = [stack.enter_context(running([*program, *worker], **quiet)).pid for _ in range(2)]
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield Cluster(address, workers)
