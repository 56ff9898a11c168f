"""Contracts of a test's own, and what the real intake makes of a delivery of theirs."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from assets.intake.contract_result import ContractResult
from assets.intake.read_delivery import read_delivery
from assets.registers.contract import Register
from assets.registers.read_contracts import read_register
from tests.intake.delivered import written

HEAD = 'about = "x"\nmode = "snapshot"\nkey = ["Id"]\n[columns]\nId = { type = "code", req = true }\n'


def contract(folder: Path, columns: str, head: str = HEAD) -> Register:
    """The register `prov`: its key Id, and these columns in TOML."""
    path = folder / "prov.toml"
    path.write_text(head + columns, encoding="utf-8")
    return read_register(path)


def taken_in(folder: Path, register: Register, content: str | bytes, ending: str = ".csv") -> ContractResult:
    return read_delivery(written(folder, content, ending), ending, register)[1]


def cells(register: Register, column: str, texts: Sequence[str]) -> str:
    """A CSV file with a row for each text, in that column; Id is its number."""
    rows = [f'{number};"{text}"' for number, text in enumerate(texts, 1)]
    return "\n".join([f"{register.key[0]};{column}", *rows])


def faults(found: ContractResult) -> list[tuple[object, ...]]:
    return found.failures.select(pl.exclude("column")).rows()
