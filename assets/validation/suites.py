"""Which tables have a suite, and what it says. A suite is found by its path; only reading one imports it."""

import hashlib
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import expectations
from assets.registers.contract import Register
from expectations.expectation import Expectation

FOLDER = Path(expectations.__path__[0])


def tables(registers: Mapping[str, Register], schemas: Sequence[str]) -> list[str]:
    """Every table with a suite: the registers, and what has a module of its own in the other schemas."""
    own = {
        f"{path.parent.name}.{path.stem}"
        for schema in schemas
        for path in sorted((FOLDER / schema).glob("*.py"))
        if path.stem != "__init__"
    }
    return sorted({f"registers.{name}" for name in registers} | own)


def published_files() -> list[str]:
    """The kinds of published file with a suite."""
    return sorted(path.stem for path in (FOLDER / "publication").glob("*.py") if path.stem != "__init__")


def suite(table: str, registers: Mapping[str, Register]) -> list[Expectation]:
    """What is expected of a table. Raises whatever reading its module raises."""
    from expectations.by_contract import by_contract

    schema, name = table.split(".")
    path = FOLDER / schema / f"{name}.py"
    own: list[Expectation] = list(import_module(f"expectations.{table}").SUITE) if path.exists() else []
    told = by_contract(registers[name], registers) if schema == "registers" else []
    names = [expectation.name for expectation in (*told, *own)]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{table}: {', '.join(sorted(twice))} is there twice")
    return [*told, *own]


def source_of(table: str, registers: Mapping[str, Register]) -> str:
    """A hash of all that a suite and its judging are written in: its module, what suites share, and this wing."""
    schema, name = table.split(".")
    own = FOLDER / schema / f"{name}.py"
    digest = hashlib.sha256()
    for path in [own, *sorted(FOLDER.glob("*.py")), *sorted(Path(__file__).parent.glob("*.py"))]:
        digest.update(path.read_bytes() if path.exists() else b"")
    for register in registers.values() if schema == "registers" else ():
        digest.update(register.version.encode())  # also of those that it points at
    return digest.hexdigest()
