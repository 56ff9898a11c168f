"""Where a source's own SQL runs: over the raw table alone.

DuckDB runs it in memory, without files, network, extensions or Python objects, its configuration locked, its memory
and time limited.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import polars as pl

RAW = "raw"
MEMORY, SECONDS = "1GB", 60.0
_MISSING = re.compile(r'Referenced column "(.+?)" not found')
_NO_FUNCTION = re.compile(r"Function with name (\S+) does not exist")


class SourceSqlError(ValueError):
    """SQL of a source that can't be used; the message names the mend in Swedish, and never a value of a row."""


class _Stream:
    """A frame as an Arrow stream alone: DuckDB reads that without the package that it asks for a Polars frame."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


@contextmanager
def sandbox(raw: pl.DataFrame) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that holds the raw table and reaches nothing else."""
    con = duckdb.connect(":memory:")
    timer = threading.Timer(SECONDS, con.interrupt)
    timer.daemon = True
    try:
        con.register("given", _Stream(raw))
        con.execute(f"CREATE TABLE {RAW} AS FROM given")
        con.unregister("given")
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET threads = 1")  # rows that are equal in what orders them come in the same order every time
        con.execute("SET python_enable_replacements = false")
        con.execute(f"SET memory_limit = '{MEMORY}'")
        con.execute("SET temp_directory = ''")
        con.execute("SET enable_external_access = false")
        con.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        con.execute("SET lock_configuration = true")
        timer.start()
        yield con
    finally:
        timer.cancel()
        con.close()


def run(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Runs a statement. Raises SourceSqlError, which speaks of the SQL's own names and never of a row."""
    try:
        con.execute(sql)
    except duckdb.InterruptException:
        raise SourceSqlError(f"tog mer än {SECONDS:.0f} sekunder") from None
    except duckdb.OutOfMemoryException:
        raise SourceSqlError(f"behövde mer minne än {MEMORY}") from None
    except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException) as fault:
        text = str(fault).splitlines()[0]
        missing, unknown = _MISSING.search(text), _NO_FUNCTION.search(text)
        if missing:
            raise SourceSqlError(f"rubriken {missing[1]} saknas") from None
        raise SourceSqlError(
            f"funktionen {unknown[1]} finns inte" if unknown else f"går inte att köra: {text}"
        ) from None
    except duckdb.ConversionException:
        raise SourceSqlError("gör om en cell till något som den inte är: pröva try_cast eller try_strptime") from None
    except duckdb.PermissionException:
        raise SourceSqlError(f"når annat än {RAW}, och det går inte") from None
    except duckdb.Error as fault:
        raise SourceSqlError(f"går inte att köra: {type(fault).__name__}") from None
