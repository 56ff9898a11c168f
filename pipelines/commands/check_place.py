"""Where a file that is checked may be meant to lie, and which register its name fits there."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from assets.intake.inbox_names import match_register, register_stem
from assets.nearest import most_alike
from assets.registers.contract import CITY, Register
from assets.settings import Settings


def own_folder(path: Path, settings: Settings) -> str:
    """The inbox folder in which the file lies; empty where it lies elsewhere."""
    folder = path.absolute().parent
    return folder.name if folder.parent in (settings.inbox, settings.fetched) else ""


def folders(path: Path, settings: Settings, named: Sequence[str]) -> list[str]:
    """The inbox folders in which the file may be meant to lie: its own where it lies in the inbox, else any."""
    own = own_folder(path, settings)
    return [own] if own else ["organisation", *named, CITY]


def register_of(path: Path, settings: Settings, registers: Mapping[str, Register]) -> Register | None:
    """By its name, and where it lies in the inbox by its place there too."""
    names = (match_register(path.name, place, registers) for place in folders(path, settings, []))
    return next((registers[name] for name in names if name), None)


def hint(path: Path, settings: Settings, registers: Mapping[str, Register]) -> str:
    """Which register the file's name is nearest to, or in whose folder the one that it names lies."""
    for name in (match_register(path.name, place, registers) for place in (CITY, "organisation")):
        if name and own_folder(path, settings):
            where = f"i mappen {CITY}" if registers[name].level == "city" else "i organisationens egen mapp"
            return f": {name} ska ligga {where}"
    if near := most_alike(register_stem(path.stem), registers):
        return f". Menas {near}? Namnet ska börja så: {near}_2026-10-31{path.suffix.lower()}"
    return ""
