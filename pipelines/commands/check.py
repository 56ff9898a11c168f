"""`lagesbild check`: reads a delivery as the night would, and says what would be refused. Changes nothing."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import click

from assets.intake.arrived import Reading, dated
from assets.intake.inbox import NOTES, obstacle
from assets.intake.inbox_names import display_name
from assets.intake.notes import read_notes
from assets.intake.refusal import Refused
from assets.intake.sources.claims import Claim, owners, refuse_rivals
from assets.intake.sources.definition import Source
from assets.intake.sources.read_source import SourceDelivery
from assets.intake.sources.unpack import GZIP, ZIP, ending_of, members, unpack_gzip, unpack_member
from assets.intake.trial_reading import RefusedReading, try_reading
from assets.nearest import nearest
from assets.publication.explain_refusal import explain_refusal
from assets.registers.contract import CITY, Register
from assets.registers.refusal_reasons import UNKNOWN
from assets.settings import Limits, Settings
from pipelines.commands.check_place import folders, hint, own_folder, register_of
from pipelines.commands.check_preview import tell_preview, tell_word_columns
from pipelines.commands.check_tell import (
    tell_faults,
    tell_not_measurable,
    tell_replaced,
    tell_rows,
)
from pipelines.config import today
from pipelines.installation import installed_registers, installed_sources


class NoSuchSource(ValueError):
    """A source that the configuration doesn't have; the message is Swedish."""


@dataclass(frozen=True)
class Check:
    """How files are checked. `source`: the one that reads them whatever they are called; None: the one that claims
    them. `words`: whether the words of their columns are shown."""

    settings: Settings
    reading: Reading
    source: Source | None
    words: bool


def prepared(settings: Settings, source: str | None, *, words: bool) -> Check:
    """How to check files in an installation. Raises NoSuchSource."""
    reading = Reading(installed_registers(settings), installed_sources(settings))
    if source is not None and source not in reading.sources:
        raise NoSuchSource(f"{source} är ingen källa{nearest(source, reading.sources)}")
    return Check(settings, reading, reading.sources[source] if source else None, words)


def check_file(path: Path, check: Check) -> bool:
    """Tells what the night would make of one file; true where nothing in it would be refused."""
    click.echo(display_name(path.name))
    if why := obstacle(path):
        click.echo(f"  avvisas: {why}")
        return False
    if not os.access(path, os.R_OK):
        click.echo("  avvisas: filen får inte läsas av det här kontot")
        return False
    if path.name.casefold() == NOTES:
        return _check_notes(path, check.settings.limits)
    try:
        if path.name.lower().endswith(ZIP):
            return _check_archive(path, check)
        claims = _claims(path, path.name, check)
        if claims:
            return _check_claimed(path, path.name, claims, check)
    except Refused as refused:
        return _refused(str(refused))
    registers = check.reading.registers
    register = register_of(path, check.settings, registers)
    if register is None:
        click.echo(f"  avvisas: {UNKNOWN}{hint(path, check.settings, registers)}")
        return False
    _tell_day(register, path.name, None)
    return _check(path, path.suffix.lower(), register, None, check)


def _check_notes(path: Path, limits: Limits) -> bool:
    with TemporaryDirectory() as place:
        found = read_notes(path.parent, Path(place) / "content", limits)
    for remark in found.remarks:
        click.echo(f"  {remark}")
    click.echo(f"  {len(found.notes)} {'not' if len(found.notes) == 1 else 'noter'} läses")
    return not found.remarks


def _refused(reason: str) -> bool:
    click.echo(f"  hela leveransen avvisas: {reason}")
    return False


def _check_archive(path: Path, check: Check) -> bool:
    """Whether every member that a source claims is without fault. Raises Refused where it can't be opened."""
    with path.open("rb") as packed:
        names = sorted(members(packed))
    fine, ignored = [], 0
    for name in names:
        if not (claims := _claims(path, f"{path.name}/{name}", check)):
            ignored += 1
            continue
        click.echo(f"  {display_name(f'{path.name}/{name}')}")
        with TemporaryDirectory() as place:
            content = Path(place) / "content"
            with path.open("rb") as packed, content.open("wb") as target:
                unpack_member(packed, name, target)
            fine.append(_check_claimed(content, f"{path.name}/{name}", claims, check))
    if not fine:
        click.echo(f"  avvisas: {UNKNOWN}; ingen källa läser någon av dess {len(names)} filer")
    elif ignored:
        click.echo(f"  {ignored} filer till läser ingen källa")
    return bool(fine) and all(fine)


def _claims(path: Path, name: str, check: Check) -> list[tuple[str, Claim]]:
    """The sources that claim the file, with the folder in which they do. Raises Refused where two of one register
    do."""
    if check.source:
        level = check.reading.registers[check.source.register_name].level
        anywhere = [*check.source.folders, CITY if level == "city" else "organisation"]
        lies_in = [own_folder(path, check.settings)] if own_folder(path, check.settings) else anywhere
        return [(lies_in[0], Claim(check.source, ""))]
    named = [folder for source in check.reading.sources.values() for folder in source.folders]
    for folder in folders(path, check.settings, named):
        if claims := check.reading.claims(name, folder):
            refuse_rivals(claims)
            return [(folder, claim) for claim in claims]
    return []


def _check_claimed(path: Path, name: str, claims: Sequence[tuple[str, Claim]], check: Check) -> bool:
    """Whether every organisation's part of a file that sources read is without fault. `name`: the delivery's."""
    fine = []
    with _plain_content(path, name) as content:
        for folder, claim in claims:
            source = claim.source
            register, day = check.reading.registers[source.register_name], dated(source, name)
            click.echo(f"  källa {source.name}")
            _tell_day(register, name, source)
            for owner in owners(source, folder):
                if source.organisation:
                    click.echo(f"  {owner}:")
                by = SourceDelivery(source, name, (day or today(check.settings)).isoformat(), owner)
                fine.append(_check(content, ending_of(name), register, by, check))
    return all(fine)


@contextmanager
def _plain_content(path: Path, name: str) -> Iterator[Path]:
    """The bytes as they are read, of what is packed by itself unpacked."""
    if not PurePosixPath(name).name.lower().endswith(GZIP):
        yield path
        return
    with TemporaryDirectory() as place:
        content = Path(place) / "unpacked"
        with path.open("rb") as packed, content.open("wb") as target:
            unpack_gzip(packed, target)
        yield content


def _tell_day(register: Register, name: str, source: Source | None) -> None:
    day = dated(source, name)
    click.echo(f"  register {register.name}, daterad {day or 'den dag den först ses (inget datum i namnet)'}")


def _check(path: Path, ending: str, register: Register, by: SourceDelivery | None, check: Check) -> bool:
    found = try_reading(path, ending, register, by, check.settings.limits, words=check.words)
    if isinstance(found, RefusedReading):
        _refused(found.reason)
        for line in explain_refusal(found.reason, register, found.near):
            click.echo(f"    {line}")
        return False
    delivered, conformed = found.parsed, found.result
    tell_rows(delivered, conformed, register)
    if delivered.absent:
        tell_not_measurable(delivered.absent, register, check.reading.registers, check.settings)
    tell_replaced(conformed)
    tell_faults(conformed, register, check.reading.registers)
    if by is not None:
        tell_preview(delivered, conformed, register)
    if check.words:
        tell_word_columns(delivered, found.own, register)
    return conformed.failures.is_empty()
