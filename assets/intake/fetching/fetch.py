"""One source's files are fetched, and all sources': each in a process of its own, with limits on time and memory, so
that a server that hangs or a library that crashes costs its source alone.
"""

import hashlib
import logging
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from assets.intake.fetching.credentials import Credentials
from assets.intake.fetching.fault import TOO_MUCH, TOO_SLOW, FetchFault, told
from assets.intake.fetching.landing import clean_name, land_file, land_text
from assets.intake.fetching.remote import Remote, RemoteFile
from assets.intake.fetching.settled import fetched_folder, file_of_records, fits
from assets.intake.fetching.state import FetchState, LandedFile, draft_of, now, read_state, write_state
from assets.intake.inbox import display_name, is_ignored
from assets.intake.sources.definition import Source
from assets.limits import LimitExceeded, run_limited
from assets.registers.contract import Register
from assets.settings import FetchLimits

ATTEMPTS = 3
WAIT = wait_exponential(multiplier=1, max=8)
WORKERS = 4
"""Sources fetched at the same time: one that hangs holds up none of the others for long."""

MAX_TOLD = 3
"""Files that are named in a fault; there may be thousands."""

Result = TypeVar("Result")

logger = logging.getLogger("lagesbild.fetching")


def fetch_all(
    sources: Mapping[str, Source],
    registers: Mapping[str, Register],
    fetched: Path,
    limits: FetchLimits,
    only: Collection[str] | None = None,
) -> dict[str, FetchState]:
    """How fetching went, by source; those that fetch nothing are left out. `fetched`: the folder of what is fetched.
    `only`: the names to fetch, all where it is None. Raises nothing but what this machine is to blame for."""
    fetching = [each for each in sources.values() if each.fetch and (only is None or each.name in only)]
    folders = {each.name: _folder(each, registers) for each in sources.values() if each.fetch}
    for each in fetching:
        (fetched / folders[each.name]).mkdir(parents=True, exist_ok=True)

    def fetch(source: Source) -> FetchState:
        rivals = [name for name, folder in folders.items() if folder == folders[source.name] and name != source.name]
        return _fetch_apart(source, folders[source.name], rivals, fetched, limits)

    with ThreadPoolExecutor(WORKERS) as pool:
        return {state.source: state for state in pool.map(fetch, fetching)}


def _fetch_apart(source: Source, folder: str, rivals: list[str], fetched: Path, limits: FetchLimits) -> FetchState:
    try:
        state = run_limited(
            fetch_source, source, folder, rivals, fetched, limits, memory=limits.memory, seconds=limits.seconds
        )
    except LimitExceeded as fault:
        why = TOO_SLOW if fault.limit == "time" else TOO_MUCH
        state = _begun(source, folder, fetched).model_copy(update={"fault": why})
        write_state(fetched, state)
    if state.fault:
        logger.warning("Källan %s går inte att nå: %s", source.name, state.fault)
    else:
        logger.info("Källan %s: %d filer hämtade, %d oförändrade", source.name, state.landed, state.unchanged)
    return state


def fetch_source(
    source: Source, folder: str, rivals: Collection[str], fetched: Path, limits: FetchLimits
) -> FetchState:
    """How it went; it is written down too, after each file that lands. `folder`: whose the files are. `rivals`: other
    sources that fetch to the same folder. Raises OSError where this machine's disk is full or failing."""
    state = _begun(source, folder, fetched)
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


def _begun(source: Source, folder: str, fetched: Path) -> FetchState:
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

    def listed() -> tuple[Remote, list[RemoteFile]]:
        with told():
            remote = _place(fetch.url or "", Credentials(fetch.auth))
            return remote, list(remote.files(lambda name: fits(name, globs) and not is_ignored(clean_name(name))))

    remote, files = _trying(listed)
    for file in sorted(files, key=lambda each: each.name):
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


def _land_now(remote: Remote, file: RemoteFile, target: Path, draft: Path, most: int) -> int:
    """The file as it is at this attempt."""
    with told():
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
    state.files[name] = LandedFile(mark=mark, size=stat.st_size, mtime_ns=stat.st_mtime_ns)
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


def _folder(source: Source, registers: Mapping[str, Register]) -> str:
    folder = fetched_folder(source, registers[source.register_name])
    assert folder is not None, "what can't be settled was refused when the configuration was read"
    return folder


def _joined(faults: list[str]) -> str | None:
    if not faults:
        return None
    more = f"; och {len(faults) - MAX_TOLD} filer till" if len(faults) > MAX_TOLD else ""
    return "; ".join(faults[:MAX_TOLD]) + more
