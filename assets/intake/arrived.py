"""What of the inbox is whose: which source or register reads each file, and whose deliveries it becomes.

One file may be several deliveries: of sources of different registers, of several organisations, of the members of an
archive (docs/spec/sources.md, A source file).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assets.disk import is_disk_fault
from assets.intake import inbox as inbox_files
from assets.intake.inbox import InboxFile, open_file
from assets.intake.inbox_names import date_in, display_name
from assets.intake.refusal import Refused
from assets.intake.sources.claims import Claim, claimed_by, date_by, owners, refuse_rivals
from assets.intake.sources.definition import Source
from assets.intake.sources.unpack import ZIP, members
from assets.registers.contract import Register
from assets.registers.refusal_reasons import UNREADABLE


@dataclass(frozen=True)
class Reading:
    """By what files are read: the registers, and the sources by name."""

    registers: Mapping[str, Register]
    sources: Mapping[str, Source]

    def claims(self, name: str, folder: str) -> list[Claim]:
        """Those of the sources on a file of that name in that inbox folder."""
        claims = (
            claimed_by(source, self.registers[source.register_name], name, folder) for source in self.sources.values()
        )
        return [claim for claim in claims if claim]

    def may_claim(self, folder: str) -> bool:
        """Whether any source reads files in that folder."""
        return any(not source.folders or folder in source.folders for source in self.sources.values())


def arrived(inbox: Path, reading: Reading, fetched: Path | None = None) -> Iterator[InboxFile]:
    """Every delivery that lies in the inbox, or is `fetched` beside it, in the order of the files."""
    for file in inbox_files.files(inbox, reading.registers, fetched):
        if not file.folder or file.obstacle or not reading.may_claim(file.folder):
            yield file
        elif file.path.name.lower().endswith(ZIP):
            yield from _of_archive(file, reading)
        else:
            yield from _as_claimed(file, file.path.name, reading) or [file]


def _of_archive(file: InboxFile, reading: Reading) -> Iterator[InboxFile]:
    """The members that sources claim; the archive itself where none is, or it can't be opened."""
    try:
        with open_file(file.path, file.path.parent) as packed:
            names = members(packed)
    except Refused as refused:
        yield replace(file, obstacle=str(refused))
        return
    except OSError as fault:
        if is_disk_fault(fault):
            raise
        yield replace(file, obstacle=UNREADABLE)
        return
    found = False
    for name in sorted(names):
        for claimed in _as_claimed(replace(file, member=name), f"{file.path.name}/{name}", reading):
            found = True
            yield claimed
    if not found:
        yield file


def _as_claimed(file: InboxFile, name: str, reading: Reading) -> list[InboxFile]:
    """The deliveries that a file becomes by the sources that claim it, none where none does."""
    claims = reading.claims(name, file.folder)
    display = display_name(name)
    try:
        refuse_rivals(claims)
    except Refused as refused:
        of_register = {claim.source.register_name: claim for claim in claims}
        return [
            replace(file, name=display, organisation=owner, register=register, dated=None, obstacle=str(refused))
            for register, claim in of_register.items()
            for owner in owners(claim.source, file.folder)
        ]
    return [
        replace(
            file,
            name=display,
            organisation=owner,
            register=claim.source.register_name,
            dated=dated(claim.source, name),
            source=claim.source.name,
            sequence=claim.sequence,
        )
        for claim in claims
        for owner in owners(claim.source, file.folder)
    ]


def dated(source: Source | None, name: str) -> date | None:
    """The day in a file's name, of a member in its own or its archive's."""
    names = name.split("/")[::-1]
    if source is not None and source.date:
        return date_by(source, names)
    return next((day for day in map(date_in, names) if day), None)


def targets(name: str, folder: str, reading: Reading) -> Sequence[tuple[str, Claim]] | None:
    """Of a file that was archived: whose deliveries it is today, with the claim of each; None where sources of one
    register both claim it."""
    claims = reading.claims(name, folder)
    try:
        refuse_rivals(claims)
    except Refused:
        return None
    return [(owner, claim) for claim in claims for owner in owners(claim.source, folder)]
