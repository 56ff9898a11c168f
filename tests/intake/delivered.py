"""Deliveries for tests: a file of given text in a given encoding, and what the real intake makes of it."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from assets.intake.contract_result import ContractResult
from assets.intake.read_delivery import read_delivery
from assets.intake.rows import ParsedRows
from assets.registers.contract import Register
from assets.registers.read_contracts import load_registers

REGISTERS: dict[str, Register] = load_registers(Path(__file__).parents[2] / "assets" / "registers")


def written(folder: Path, content: str | bytes, ending: str = ".csv", encoding: str = "utf-8") -> Path:
    path = folder / f"delivery{ending}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(
    folder: Path, register: str, content: str | bytes, ending: str = ".csv", encoding: str = "utf-8"
) -> ContractResult:
    """What becomes of a file's rows. Raises Refused."""
    return delivered(folder, register, content, ending, encoding)[1]


def delivered(
    folder: Path, register: str, content: str | bytes, ending: str = ".csv", encoding: str = "utf-8"
) -> tuple[ParsedRows, ContractResult]:
    return read_delivery(written(folder, content, ending, encoding), ending, REGISTERS[register])


def as_csv(register: Register, rows: Sequence[Mapping[str, str]], separator: str = ";") -> str:
    """Rows under the register's own headings, quoted where they need it."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [column.name for column in register.columns], delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
