"""The servers of limited processes (assets/limited_process.py): started where none waits, kept to be asked again, and
taken leave of when they have ended, so that none stays a zombie.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Lock, Thread

from assets import limited_process
from assets.limited_process import CRASH, IDLE_SECONDS, receive, send

Modules = tuple[str, ...]

_PROGRAM = Path(limited_process.__file__)

_ONE_THREAD = {"POLARS_MAX_THREADS": "1"}
"""Several are asked at a time, so one thread is enough for each: Polars' threads wait for one another on small
tables, and each needs memory."""


class Server:
    """A process that forks one for each question. It has imported the modules of some functions."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program, by this interpreter
            [sys.executable, "-P", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ONE_THREAD | os.environ,
        )
        self._used = time.monotonic()

    def ask(self, task: bytes) -> tuple[int, bytes]:
        """How the process ended and the pickled outcome."""
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise AssertionError
        try:
            send(process.stdin, task)
            answer = receive(process.stdout)
        except (EOFError, BrokenPipeError):
            return CRASH, b""  # the server itself has ended: the machine's memory did
        self._used = time.monotonic()
        return answer[0], answer[1:]

    @property
    def process_id(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    @property
    def is_waiting(self) -> bool:
        """Whether it can be counted on to wait for another question."""
        return not self.has_ended and time.monotonic() - self._used < IDLE_SECONDS / 2

    def end(self) -> None:
        with self._process as process:
            process.kill()


class Servers:
    """Those that wait, by the modules that they have imported. `seconds`: how often it looks which have ended; a
    thread does so as long as any waits."""

    def __init__(self, seconds: float = IDLE_SECONDS / 2) -> None:
        self._seconds = seconds
        self.forget()

    def forget(self) -> None:
        """Knows none: in a process that was forked they are its parent's, and so are thread and lock."""
        self._lock = Lock()
        self._idle: dict[Modules, list[Server]] = {}
        self._watching = False

    def take(self, modules: Modules) -> Server:
        while True:
            with self._lock:
                waiting = self._idle.get(modules)
                server = waiting.pop() if waiting else None
            if server is None:
                return Server()
            if server.is_waiting:
                return server
            server.end()

    def give_back(self, modules: Modules, server: Server) -> None:
        with self._lock:
            self._idle.setdefault(modules, []).append(server)
            starts, self._watching = not self._watching, True
        if starts:
            Thread(target=self._watch, name="limited servers", daemon=True).start()

    def end_all(self) -> None:
        with self._lock:
            servers = [server for waiting in self._idle.values() for server in waiting]
            self._idle.clear()
        for server in servers:
            server.end()

    def _watch(self) -> None:
        watching = True
        while watching:
            time.sleep(self._seconds)
            with self._lock:
                servers = [(modules, server) for modules, waiting in self._idle.items() for server in waiting]
                ended = [(modules, server) for modules, server in servers if server.has_ended]
                for modules, server in ended:
                    self._idle[modules].remove(server)
                watching = self._watching = len(ended) < len(servers)
            for _, server in ended:
                server.end()
