"""`<data>/fetched/.state/<source>.json`: how the last fetch of a source went, and what it knows of its files.

Nothing in it is a secret, nor the address. What can't be read is made anew: everything is then fetched once more.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from assets.atomic import atomic_write
from assets.damaged import read_or_set_aside

FOLDER = ".state"


class LandedFile(BaseModel):
    """`mark`: `RemoteFile.mark` of what landed. `size` and `mtime_ns` are the local file's; `landed_at`: when it
    came, in seconds since 1970."""

    model_config = ConfigDict(frozen=True)

    mark: str | None
    size: int
    mtime_ns: int
    landed_at: float


class FetchState(BaseModel):
    """`settings`: a hash of what the source's `[fetch]` said. `at`: when it was last tried; `reached`: when it last
    went well. `fault`: why it didn't, Swedish clauses. `landed`, `unchanged`: files of that last time."""

    source: str
    register_name: str
    folder: str
    settings: str
    at: datetime
    reached: datetime | None = None
    fault: str | None = None
    landed: int = 0
    unchanged: int = 0
    size: int = 0
    files: dict[str, LandedFile] = Field(default_factory=dict)


def read_state(fetched: Path, source: str) -> FetchState | None:
    """What is known of a source; None where it was never fetched."""
    return read_or_set_aside(_path(fetched, source), lambda path: FetchState.model_validate_json(path.read_bytes()))


def write_state(fetched: Path, state: FetchState) -> None:
    with atomic_write(_path(fetched, state.source)) as draft:
        draft.write_text(state.model_dump_json(), encoding="utf-8")


def read_states(fetched: Path, sources: Iterable[str]) -> dict[str, FetchState]:
    """Of those of the sources that were ever fetched."""
    found = {name: read_state(fetched, name) for name in sources}
    return {name: state for name, state in found.items() if state is not None}


def draft_of(fetched: Path, source: str) -> Path:
    """Where a source's file is written before it is whole: one at a time, and over what a killed fetch left."""
    return fetched / FOLDER / f"{source}.part"


def drafts_of_fetches(fetched: Path) -> list[Path]:
    """Those that are being written, or were when a fetch was killed: of sources that are no longer there, too."""
    return sorted((fetched / FOLDER).glob("*.part"))


def taken_in_note(fetched: Path) -> Path:
    """Where nights note what they have taken in."""
    return fetched / FOLDER / "taken_in"


def taken_in_at(fetched: Path) -> float | None:
    """When a night last had taken in all that was fetched then, in seconds since 1970; None where none has."""
    try:
        return taken_in_note(fetched).stat().st_mtime
    except OSError:
        return None


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _path(fetched: Path, source: str) -> Path:
    return fetched / FOLDER / f"{source}.json"


def write_fetches(states: Iterable[FetchState], path: Path) -> None:
    """Writes FETCHES, for the run's warehouse."""
    import polars as pl

    from assets.registers.shapes import FETCHES

    rows = [
        {
            "organisation": state.folder,
            "register": state.register_name,
            "source": state.source,
            "tried": _day(state.at),
            "reached": _day(state.reached) if state.reached else None,
            "fault": state.fault,
        }
        for state in states
    ]
    with atomic_write(path) as draft:
        pl.DataFrame(rows, schema=FETCHES.schema).write_parquet(draft)


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo("Europe/Stockholm")).date()
