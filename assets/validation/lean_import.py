"""Great Expectations without what it imports and the nights never use."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

UNUSED = ("azure", "boto3", "botocore", "google", "pyspark", "rfc3987_syntax")
"""Great Expectations' clouds, and the grammar by which jsonschema knows an IRI. Both do without where these aren't
installed; where they are, because something else needs them, they are two fifths of its four seconds of importing."""


@contextmanager
def without_unused() -> Iterator[None]:
    """Within it what is UNUSED isn't there to import, unless it has been imported already; afterwards it is."""
    hidden = [name for name in UNUSED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type] # None: as if it weren't installed
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)
