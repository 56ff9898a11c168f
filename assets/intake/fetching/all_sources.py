"""All sources are fetched, each in a process of its own with limits on time and memory: a server that hangs, or a
library that crashes, costs its source alone.
"""

import logging
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assets.intake.fetching.fault import TOO_MUCH, TOO_SLOW
from assets.intake.fetching.fetch import begun, fetch_source
from assets.intake.fetching.settled import fetched_folder
from assets.intake.fetching.state import FetchState, write_state
from assets.intake.sources.definition import Source
from assets.limits import LimitExceeded, run_limited
from assets.registers.contract import Register
from assets.settings import FetchLimits

WORKERS = 4
"""Sources fetched at the same time: one that hangs holds up none of the others for long."""

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
    fetching = [source for source in sources.values() if source.fetch and (only is None or source.name in only)]
    folders = {source.name: _folder(source, registers) for source in sources.values() if source.fetch}
    for source in fetching:
        (fetched / folders[source.name]).mkdir(parents=True, exist_ok=True)

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
        state = begun(source, folder, fetched).model_copy(update={"fault": why})
        write_state(fetched, state)
    if state.fault:
        logger.warning("Källan %s går inte att nå: %s", source.name, state.fault)
    else:
        logger.info("Källan %s: %d filer hämtade, %d oförändrade", source.name, state.landed, state.unchanged)
    return state


def _folder(source: Source, registers: Mapping[str, Register]) -> str:
    folder = fetched_folder(source, registers[source.register_name])
    assert folder is not None, "what can't be settled was refused when the configuration was read"
    return folder
