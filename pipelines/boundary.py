"""What may be said of an error outside the step in which it arose: its kind and its place, no value of any cell
(docs/spec/interfaces.md, Privacy).

Dagster keeps the message of whatever a step raises in its event log and shows it, and the terminal and the log show
it too. Our own exceptions are written to be read; those of libraries may quote the data.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from assets.disk import disk_answer
from assets.intake.inbox_names import display_name
from assets.sql_files import StepFailed, safe_message
from assets.stop import raise_stop

_OWN = frozenset({"assets", "pipelines", "expectations"})


@contextmanager
def without_values(place: str) -> Iterator[None]:
    """Lets no other exception out than such that hold no value. `place`: what an error's message begins with."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 – it is raised again
        raise_stop(error)
        safe = safe_error(error, place)
        raise safe.with_traceback(error.__traceback__) from None


def safe_error(error: Exception, place: str = "") -> Exception:
    """Returns what to raise or show in place of an exception that may hold a value: itself where it is our own, an
    OSError with its number and the file's name as it may be shown, what a disk answered in any library's words, else
    StepFailed. What caused it is left out."""
    if isinstance(error, OSError) and error.errno:
        name = None if error.filename is None else display_name(str(error.filename))
        return OSError(error.errno, error.strerror, name)
    if type(error).__module__.partition(".")[0] in _OWN:
        error.__cause__ = error.__context__ = None
        return error
    return disk_answer(error) or StepFailed(safe_message(error, place))


def kind_of(error: BaseException) -> str:
    """Returns what an alert may say of an error: the message of StepFailed, of any other the class."""
    return str(error) if isinstance(error, StepFailed) else type(error).__name__
