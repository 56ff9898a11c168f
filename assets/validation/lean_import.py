"""Great Expectations without what it imports and the nights never use."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from threading import Thread
from types import ModuleType

UNUSED = ("azure", "boto3", "botocore", "google", "psycopg2", "pyspark", "rfc3987_syntax")
"""Great Expectations' clouds and databases, and the grammar by which jsonschema knows an IRI. All do without where
these aren't installed; where they are, because something else needs them, they are two fifths of its importing."""

DEFERRED = ("altair", "scipy.stats")
"""What Great Expectations imports for three expectations that no suite has, a third of the rest of its importing: it
is there, and loaded when something is first asked of it."""


@contextmanager
def lean() -> Iterator[None]:
    """Within it what is UNUSED isn't there to import, and what is DEFERRED waits, unless it has been imported
    already; afterwards both can be imported as usual."""
    hidden = [name for name in UNUSED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type] # None: as if it weren't installed
    finder = _Deferring()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in hidden:
            sys.modules.pop(name, None)


def import_ahead() -> Thread:
    """Begins to import what tables are held against their suites with, while this process waits for what reads. Gives
    the thread that does."""
    thread = Thread(target=_import_leanly, name="imports", daemon=True)
    thread.start()
    return thread


def _import_leanly() -> None:
    with lean():
        import_module("assets.validation.validate_table")


class _Deferring(MetaPathFinder):
    """Finds what is DEFERRED, to be loaded by the standard library's lazy loader."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname in DEFERRED else None
        if spec and spec.loader:
            spec.loader = LazyLoader(spec.loader)
        return spec
