"""The program that runs functions with limits on memory and time, each in a process forked for it.

`assets/limited_servers.py` starts it and asks it. It stays between two questions, so that the libraries that a
function needs are imported once and not for every file. It imports nothing of the project by itself, and ends when
nobody has asked for a while or when the process that started it has ended.

A question and an answer are each a length of eight bytes and so many bytes. A question: the pickled `sys.path`,
modules to import, memory and seconds, then the pickled function and arguments. An answer: a byte that says how the
process ended, then the pickled outcome. There is one question at a time, so that nothing is left in a buffer between
two.
"""

import importlib
import math
import os
import pickle
import resource
import select
import signal
import sys
import time
import traceback
from contextlib import suppress
from io import BytesIO
from typing import IO, NoReturn

IDLE_SECONDS = 30
"""So long it waits for a question."""

DONE, MEMORY, TIME, CRASH = 0, 3, 4, 5
"""How a process ended. MEMORY is also its exit code."""


def send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(8, "big") + message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """The next message. Raises EOFError where the other end is gone."""
    length = stream.read(8)
    message = stream.read(int.from_bytes(length, "big"))
    if len(length) < 8 or len(message) < int.from_bytes(length, "big"):
        raise EOFError
    return message


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answers one question after another."""
    while select.select([questions], [], [], IDLE_SECONDS)[0]:
        try:
            question = BytesIO(receive(questions))
        except EOFError:
            return
        sys.path[:], modules, memory, seconds = pickle.load(question)  # noqa: S301 - from the parent
        with suppress(Exception):  # the forked process tells what is wrong with one
            for module in modules:
                importlib.import_module(module)
        ended, outcome = _fork(question.read(), memory, seconds, questions)
        send(answers, bytes([ended]) + outcome)


def _fork(task: bytes, memory: int, seconds: float, questions: IO[bytes]) -> tuple[int, bytes]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _run(task, memory, seconds, writing)
    os.close(writing)
    try:
        outcome = _read_all(reading, time.monotonic() + seconds, questions)
        if outcome is None:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(reading)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if outcome is None:
        return TIME, b""
    return (code if code in (DONE, MEMORY) else CRASH), outcome


def _read_all(reading: int, deadline: float, questions: IO[bytes]) -> bytes | None:
    """What the forked process says until it ends; None where time ends first, or nobody is there to be answered."""
    answer = b""
    while (left := deadline - time.monotonic()) > 0:
        ready = select.select([reading, questions.fileno()], [], [], left)[0]
        if questions.fileno() in ready:
            return None
        if ready:
            part = os.read(reading, 1 << 20)
            if not part:
                return answer
            answer += part
    return None


def _run(task: bytes, memory: int, seconds: float, writing: int) -> NoReturn:
    """The forked process's part: it never returns to the loop that forked it."""
    code = CRASH
    try:
        _set_limits(memory, seconds)
        function, args = pickle.loads(task)  # noqa: S301 - from the parent
        outcome = pickle.dumps((function(*args), None))
        code = DONE
    except MemoryError:
        code = MEMORY
    except Exception as error:  # noqa: BLE001 - the parent raises it
        outcome = pickle.dumps((None, _picklable(error)))
        code = DONE
    finally:
        if code == DONE:
            with os.fdopen(writing, "wb") as stream:
                stream.write(outcome)
        os._exit(code)


def _set_limits(memory: int, seconds: float) -> None:
    """No core dump: it would hold personal data. The limit on CPU time ends a process that nobody watches."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cpu = math.ceil(seconds) * (os.cpu_count() or 1) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))


def _picklable(error: Exception) -> Exception:
    error.add_note("".join(traceback.format_tb(error.__traceback__)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - what was just made
    except Exception:  # noqa: BLE001 - any class may refuse in its own way
        return RuntimeError(type(error).__name__)
    return error


def main() -> None:
    """Answers on what was standard output; what a library prints goes where errors go. What a function makes is its
    owner's alone, whatever the process that started this one allowed at that moment."""
    os.umask(0o077)
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(BrokenPipeError, KeyboardInterrupt), os.fdopen(answers, "wb") as stream:
        serve(sys.stdin.buffer, stream)


if __name__ == "__main__":
    main()
