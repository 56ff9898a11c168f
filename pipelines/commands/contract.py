"""`lagesbild contract`: what a register asks of a delivery, as a schema or as an empty workbook. Changes no data."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import click
from rapidfuzz import process
from rapidfuzz.utils import default_process

from assets.publication.supply.blank_workbook import blank_workbook
from assets.publication.supply.table_schema import table_schema
from assets.registers.comparable import plain
from assets.registers.contract import Register
from assets.settings import Settings
from pipelines.installation import installed_registers

Format = Literal["table-schema", "excel"]
_NEAR = 60


class NoSuchRegister(ValueError):
    """No register is called so; the message is a Swedish sentence."""


class AlreadyExists(ValueError):
    """A file of that name is there already, and nobody has said that it may be replaced."""


def write_contract(settings: Settings, name: str, form: Format, out: Path | None) -> None:
    """Writes the contract of a register to `out`; without it a schema to the terminal, and a workbook to a new file
    of the register's name. Raises NoSuchRegister and AlreadyExists."""
    registers = installed_registers(settings)
    register = _register(name, registers)
    if form == "table-schema":
        schema = json.dumps(table_schema(register, registers), ensure_ascii=False, indent=2) + "\n"
        if out is None:
            click.echo(schema, nl=False)
            return
        out.write_text(schema, encoding="utf-8", newline="\n")
    else:
        path = out or Path(f"{register.name}.xlsx")
        if out is None and path.exists():
            raise AlreadyExists(f"{path} finns redan: säg med --out vart arbetsboken ska.")
        path.write_bytes(blank_workbook(register, registers))
        out = path
    click.echo(f"{out}")


def _register(name: str, registers: Mapping[str, Register]) -> Register:
    """The register of the name, in any case and with or without the dots of å, ä and ö."""
    if found := registers.get(plain(name)):
        return found
    near = process.extractOne(plain(name), list(registers), processor=default_process, score_cutoff=_NEAR)
    hint = f" Menar du {near[0]}?" if near else f" De som finns: {', '.join(registers)}."
    raise NoSuchRegister(f"Det finns inget register {name}.{hint}")
