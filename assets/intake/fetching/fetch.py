"""One source's files are fetched: those that are new, each whole."""

import hashlib
import time
from collections.abc import Callable, Collection, Generator, Iterator
from pathlib import Path
from typing import TypeVar

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from assets.intake.fetching.credentials import Credentials
from assets.intake.fetching.fault import FetchFault, as_fetch_fault
from assets.intake.fetching.landing import clean_name, land_file, land_text
from assets.intake.fetching.remote import Remote, RemoteFile
from assets.intake.fetching.settled import file_of_records, matches_glob
from assets.intake.fetching.state import FetchState, LandedFile, draft_of, now, read_state, taken_in_at, write_state
from assets.intake.inbox_names import display_name, is_ignored
from assets.intake.sources.definition import Source
from assets.settings import FetchLimits

ATTEMPTS = 3
WAIT = wait_exponential(multiplier=1, max=8)
MAX_FAULTS = 3
"""Files that are named in a fault; there may be thousands."""

Result = TypeVar("Result")


def fetch_source(
    source: Source, folder: str, rivals: Collection[str], fetched: Path, limits: FetchLimits
) -> FetchState:
    """How it went; it is written down too, after each file that lands. `folder`: whose the files are. `rivals`: other
    sources that fetch to the same folder. Raises OSError where this machine's disk is full or failing."""
    state = begun(source, folder, fetched)
    taken = {name for rival in rivals if (other := read_state(fetched, rival)) for name in other.files}
    faults: list[str] = []
    try:
        assert source.fetch is not None
        if source.fetch.url is None:
            _fetch_records(source, fetched, state, limits.size, taken)
        else:
            faults = list(_fetch_files(source, fetched, state, limits.size, taken))
    except FetchFault as fault:
        faults = [fault.why]
    state.fault = _joined(faults)
    state.reached = state.reached if faults else state.at
    write_state(fetched, state)
    return state


def begun(source: Source, folder: str, fetched: Path) -> FetchState:
    """The state to go on from: what was known of its files, where its settings are the same."""
    assert source.fetch is not None
    settings = hashlib.sha256(f"{folder} {source.fetch.model_dump_json()}".encode()).hexdigest()[:12]
    known = read_state(fetched, source.name)
    return FetchState(
        source=source.name,
        register_name=source.register_name,
        folder=folder,
        settings=settings,
        at=now(),
        reached=known.reached if known else None,
        files=known.files if known and known.settings == settings else {},
    )


def _fetch_records(source: Source, fetched: Path, state: FetchState, most: int, taken: set[str]) -> None:
    fetch = source.fetch
    name = file_of_records(source)
    assert fetch is not None
    assert name is not None
    credentials = Credentials(fetch.auth)

    def lines() -> Generator[bytes, None, None]:
        if fetch.rest:
            from assets.intake.fetching.pages import record_lines

            yield from record_lines(fetch.rest, credentials)
        elif fetch.sql:
            from assets.intake.fetching.database import row_lines

            yield from row_lines(fetch.sql, credentials)

    _require_own(name, taken)
    target = fetched / state.folder / name
    state.size += _trying(lambda: land_text(lines(), target, draft_of(fetched, source.name), most))
    _note(state, name, target, None)


def _fetch_files(source: Source, fetched: Path, state: FetchState, most: int, taken: set[str]) -> Iterator[str]:
    """Fetches what is new; gives what can't be said of the source as a whole: why a file of it didn't land."""
    assert source.fetch is not None
    fetch, globs, draft = source.fetch, source.fetch.files or source.files, draft_of(fetched, source.name)

    def list_files() -> tuple[Remote, list[RemoteFile]]:
        with as_fetch_fault():
            remote = _place(fetch.url or "", Credentials(fetch.auth))
            return remote, list(
                remote.files(lambda name: matches_glob(name, globs) and not is_ignored(clean_name(name)))
            )

    remote, files = _trying(list_files)
    _forget_gone(state, {clean_name(file.name) for file in files}, fetched)
    for file in sorted(files, key=lambda file: file.name):
        try:
            name = clean_name(file.name)
            target = fetched / state.folder / name
            if _is_known(state.files.get(name), file, target):
                state.unchanged += 1
                continue
            _require_own(name, taken)
            state.size += _trying(lambda: _land_now(remote, file, target, draft, most))  # noqa: B023 – called at once
            _note(state, name, target, file.mark)
            write_state(fetched, state)
        except FetchFault as fault:
            yield f"{display_name(file.name)}: {fault.why}"


def _forget_gone(state: FetchState, remaining: set[str], fetched: Path) -> None:
    """Removes what the source no longer has, when a night has taken it in: the archive keeps it for as long as it is
    to be kept, and nothing else should."""
    until = taken_in_at(fetched)
    for name in [name for name in state.files if name not in remaining]:
        target = fetched / state.folder / name
        if until is not None and state.files[name].landed_at < until:
            target.unlink(missing_ok=True)
            del state.files[name]


def _land_now(remote: Remote, file: RemoteFile, target: Path, draft: Path, most: int) -> int:
    """The file as it is at this attempt."""
    with as_fetch_fault():
        file = remote.now(file)
    return land_file(remote, file, target, draft, most)


def _is_known(known: LandedFile | None, file: RemoteFile, target: Path) -> bool:
    """Whether it is the file that landed, and that still lies here."""
    if known is None or known.mark is None or known.mark != file.mark or not target.is_file():
        return False
    stat = target.stat()
    return (known.size, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns)


def _note(state: FetchState, name: str, target: Path, mark: str | None) -> None:
    stat = target.stat()
    state.files[name] = LandedFile(mark=mark, size=stat.st_size, mtime_ns=stat.st_mtime_ns, landed_at=time.time())
    state.landed += 1


def _require_own(name: str, taken: set[str]) -> None:
    if name in taken:
        raise FetchFault("en annan källa hämtar en fil med samma namn till samma organisation")


def _place(url: str, credentials: Credentials) -> Remote:
    """What lies at an address. Raises FetchFault."""
    match url.partition(":")[0]:
        case "http" | "https":
            from assets.intake.fetching.web import WebPlace

            return WebPlace(url, credentials)
        case "sharepoint":
            from assets.intake.fetching.sharepoint import SharePointPlace

            return SharePointPlace(url, credentials)
        case _:
            from assets.intake.fetching.filesystems import FileSystemPlace

            return FileSystemPlace(url, credentials)


def _trying(do: Callable[[], Result]) -> Result:
    """What it gives, tried again for a while where another try may help. Raises FetchFault."""
    again = retry_if_exception(lambda fault: isinstance(fault, FetchFault) and fault.again)
    return Retrying(stop=stop_after_attempt(ATTEMPTS), wait=WAIT, retry=again, reraise=True)(do)


def _joined(faults: list[str]) -> str | None:
    if not faults:
        return None
    more = f"; och {len(faults) - MAX_FAULTS} filer till" if len(faults) > MAX_FAULTS else ""
    return "; ".join(faults[:MAX_FAULTS]) + more
