"""register.html: what is to be delivered, register by register, with the empty workbooks to fill in beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assets.publication.output import OrganisationFolder
from assets.publication.page.html_table import Column, Download, Table, table
from assets.publication.page.render import head, render
from assets.publication.supply.guide import RegisterGuide, guide
from assets.publication.sv import join_list
from assets.registers.contract import CITY, Register

FOLDER = "mallar"
"""Where the empty workbooks lie, in the organisation's folder."""
Needed = Mapping[str, Sequence[tuple[str, str]]]
"""Register → id and title of the indicators that need it."""
_COLUMNS = (
    Column("Kolumn"), Column("Krav"), Column("Innehåll", "fras"), Column("Form", "fras"),
    Column("Andra rubriker som godtas", "fras"),
)  # fmt: skip


@dataclass(frozen=True)
class _Register:
    """One register on the page. `indicators`: id and title of those that need it."""

    guide: RegisterGuide
    indicators: Sequence[tuple[str, str]]
    columns: Table


def write_blank_workbooks(folder: OrganisationFolder) -> None:
    """Writes the workbook of each register that is the organisation's, or the city's, to deliver."""
    place = folder.path / FOLDER
    place.mkdir()
    for register in _own(folder):
        (place / f"{register.name}.xlsx").write_bytes(folder.publication.blank_workbook(register.name))


def write_register_page(folder: OrganisationFolder) -> None:
    """Writes register.html."""
    report, registers = folder.report, folder.publication.registers
    missing = tuple(pattern for output in folder.failures for pattern in output.files)
    needed = _needed_by(folder)
    page = render(
        "register.html",
        head=head(report, "Vad som ska levereras", "register", missing=missing),
        elsewhere=_elsewhere(registers, is_city=report.is_city),
        registers=[_register(register, registers, needed, folder.path / FOLDER) for register in _own(folder)],
    )
    (folder.path / "register.html").write_text(page, encoding="utf-8", newline="\n")


def _own(folder: OrganisationFolder) -> list[Register]:
    """The registers of the level, by what they are called."""
    level = "city" if folder.report.is_city else "organisation"
    found = [register for register in folder.publication.registers.values() if register.level == level]
    return sorted(found, key=lambda register: register.called.casefold())


def _elsewhere(registers: Mapping[str, Register], *, is_city: bool) -> str:
    if is_city:
        return "Här står stadens egna; organisationernas står på deras sidor."
    names = sorted(register.called for register in registers.values() if register.level == "city")
    return f"Staden levererar {join_list(names)}, i mappen {CITY}." if names else ""


def _register(
    register: Register,
    registers: Mapping[str, Register],
    needed: Mapping[str, Sequence[tuple[str, str]]],
    place: Path,
) -> _Register:
    own, file = guide(register, registers), f"{register.name}.xlsx"
    downloads = [Download(f"{FOLDER}/{file}", f"{file} (tom arbetsbok)")] if (place / file).exists() else []
    rows = [column.cells for column in own.columns]
    made = table(
        f"kolumner-{register.name}", f"Kolumnerna i {register.called}", _COLUMNS, rows, downloads, sort=False
    )
    return _Register(own, needed.get(register.name, ()), replace(made, search=False))


def _needed_by(folder: OrganisationFolder) -> dict[str, list[tuple[str, str]]]:
    """Register → the indicators that need it; one that needs all is of none in particular."""
    query = "SELECT unnest(needs), indicator, title FROM catalogue.indicators ORDER BY position"
    needed: dict[str, list[tuple[str, str]]] = {}
    for register, indicator, title in folder.publication.con.execute(query).fetchall():
        needed.setdefault(register, []).append((indicator, title))
    return needed
