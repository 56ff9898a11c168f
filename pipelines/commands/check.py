"""`lagesbild check`: reads a delivery as the night would, and says what would be refused. Changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from assets.intake.arrived import Reading, dated
from assets.intake.inbox import display_name, match_register, register_stem
from assets.intake.ingest import read_delivery
from assets.intake.refusal import UNKNOWN, ColumnsMissing, Refused
from assets.intake.sources.claims import Claim, owners, refuse_rivals
from assets.intake.sources.read_source import SourceDelivery
from assets.intake.sources.unpack import GZIP, ending_of, unpack_gzip
from assets.registers.contract import CITY, Register
from assets.settings import Settings
from pipelines.commands.check_tell import nearest, tell_faults, tell_missing, tell_replaced, tell_rows
from pipelines.config import today
from pipelines.installation import installed_registers, installed_sources


def check_file(path: Path, settings: Settings) -> bool:
    """Tells what the night would make of one file; true where nothing in it would be refused."""
    reading = Reading(installed_registers(settings), installed_sources(settings))
    click.echo(display_name(path.name))
    try:
        claims = _claims(path, settings, reading)
    except Refused as refused:
        click.echo(f"  hela leveransen avvisas: {refused}")
        return False
    if claims:
        fine = [_check_claimed(path, claim, folder, reading, today(settings)) for folder, claim in claims]
        return all(fine)
    register = _register_of(path, settings, reading.registers)
    if register is None:
        click.echo(f"  avvisas: {UNKNOWN}{_hint(path, settings, reading.registers)}")
        return False
    _tell_day(register, dated(None, path.name))
    return _check(path, path.suffix.lower(), register, None, reading)


def _claims(path: Path, settings: Settings, reading: Reading) -> list[tuple[str, Claim]]:
    """The sources that claim the file, with the folder in which they do. Raises Refused where two of one register
    do."""
    for folder in _folders(path, settings, [folder for each in reading.sources.values() for folder in each.folders]):
        if claims := reading.claims(path.name, folder):
            refuse_rivals(claims)
            return [(folder, claim) for claim in claims]
    return []


def _folders(path: Path, settings: Settings, named: Sequence[str]) -> list[str]:
    """The inbox folders in which the file may be meant to lie: its own where it lies in the inbox, else any."""
    folder = path.absolute().parent
    return [folder.name] if folder.parent in (settings.inbox, settings.fetched) else ["organisation", *named, CITY]


def _check_claimed(path: Path, claim: Claim, folder: str, reading: Reading, seen: date) -> bool:
    """Whether every organisation's part of a file that a source reads is without fault."""
    source, fine = claim.source, []
    register, day = reading.registers[source.register_name], dated(source, path.name)
    click.echo(f"  källa {source.name}")
    _tell_day(register, day)
    with TemporaryDirectory() as place:
        content = path
        if path.name.lower().endswith(GZIP):
            content = Path(place) / "content"
            with path.open("rb") as packed, content.open("wb") as target:
                unpack_gzip(packed, target)
        for owner in owners(source, folder):
            if source.organisation:
                click.echo(f"  {owner}:")
            by = SourceDelivery(source, path.name, (day or seen).isoformat(), owner)
            fine.append(_check(content, ending_of(path.name), register, by, reading))
    return all(fine)


def _tell_day(register: Register, day: date | None) -> None:
    click.echo(f"  register {register.name}, daterad {day or 'den dag den först ses (inget datum i namnet)'}")


def _check(path: Path, ending: str, register: Register, by: SourceDelivery | None, reading: Reading) -> bool:
    try:
        delivered, conformed = read_delivery(path, ending, register, by=by)
    except Refused as refused:
        click.echo(f"  hela leveransen avvisas: {refused}")
        if isinstance(refused, ColumnsMissing):
            tell_missing(refused, register)
        return False
    tell_rows(delivered, conformed)
    tell_replaced(conformed)
    tell_faults(conformed, register, reading.registers)
    return conformed.failures.is_empty()


def _register_of(path: Path, settings: Settings, registers: Mapping[str, Register]) -> Register | None:
    """By its name, and where it lies in the inbox by its place there too."""
    names = (match_register(path.name, place, registers) for place in _folders(path, settings, []))
    return next((registers[name] for name in names if name), None)


def _hint(path: Path, settings: Settings, registers: Mapping[str, Register]) -> str:
    """Which register the file's name is nearest to, or in whose folder the one that it names lies."""
    for name in (match_register(path.name, place, registers) for place in (CITY, "organisation")):
        if name and path.absolute().parent.parent in (settings.inbox, settings.fetched):
            where = f"i mappen {CITY}" if registers[name].level == "city" else "i organisationens egen mapp"
            return f": {name} ska ligga {where}"
    if near := nearest(register_stem(path.stem), registers):
        return f". Menas {near}? Namnet ska börja så: {near}_2026-10-31{path.suffix.lower()}"
    return ""
