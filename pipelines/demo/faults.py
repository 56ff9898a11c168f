"""Cells that are spoiled on purpose, in the plain rows, and what each of them shows.

They are few, and none touches a figure that the source document states.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assets.registers.contract import Register
from pipelines.demo.rows import Row


@dataclass(frozen=True)
class Fault:
    """The text in that column of the first row with this key (of several key columns: the first)."""

    key: str
    column: str
    text: str


FAULTS: dict[str, tuple[Fault, ...]] = {
    "personal": (
        Fault("FS10197", "Enhet", ""),  # quarantined: required
        Fault("FS10391", "Anställd från", "12/1-23"),  # quarantined: no year one can be sure of
        Fault("FS10488", "Skyddade personuppgifter", "okänt"),  # counts as protected: fail closed
        Fault("FS10682", "Frånvaro", "VAB"),  # the cell is dropped, the person stays
        Fault("FS10876", "Enhet", "3399"),  # a unit that the organisation tree doesn't know
    ),
    "utbildning": (
        Fault("FS10100", "Status", "Klar"),  # quarantined: not one of the contract's words
        Fault("FS10585", "Genomförd", ""),  # quarantined: done, but when?
    ),
    "personuppgiftsincidenter": (
        Fault("FAR 2022/266", "Antal registrerade", "ca 30"),
        Fault("FAR 2022/340", "Inträffad", "2022-10-32"),
    ),
    "klassningar": (
        Fault("K-2021-02", "Konfidentialitet", "5"),  # outside 0–4
        Fault("K-2023-17", "Avser", "Process"),  # quarantined
    ),
    "informationstillgangar": (
        Fault("IT-29", "Bekräftad", "2023-02-30"),  # dropped, so the asset counts as not confirmed
        Fault("IT-37", "Personuppgifter", "delvis"),
    ),
    "registerforteckning": (
        Fault("FDOK-3108", "Enhet", ""),  # quarantined: a unit's record must name the unit
        Fault("SOCAKT-3410", "Senast inventerad", "våren 2021"),
        Fault("BOKN-3501", "System-id", "SYS-12, SYS-77"),  # one of the two systems doesn't exist
    ),
    "pub_avtal": (Fault("PUB-13", "System-id", ""),),  # quarantined: an agreement about what?
    "styrdokument": (Fault("SD-08", "Typ", "Anvisning"),),  # quarantined
    "upphandlingar": (Fault("UPP-2023-04", "Annonserad", "v. 21"),),
    "revision": (Fault("REK-2019-2", "Åtgärdad", "februari 2020"),),
}


def spoil(register: Register, rows: Iterable[Row]) -> list[Row]:
    """The rows with the register's faults in them. The given rows stay as they are."""
    key = register.key[0]
    spoilt = [dict(row) for row in rows]
    first = {row[key]: row for row in reversed(spoilt)}
    for fault in FAULTS.get(register.name, ()):
        if fault.key in first:
            first[fault.key][fault.column] = fault.text
    return spoilt
