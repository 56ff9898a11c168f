"""The contracts of a folder, one register a file. The file's stem is the register's name."""

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from assets.registers.contract import Register


class ContractError(ValueError):
    """A contract that can't be used; the message names the file and what to mend."""


def read_register(path: Path) -> Register:
    """The contract in one file. Raises ContractError with the file's name and the fault."""
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        columns = [{"name": name, **rest} for name, rest in fields.pop("columns", {}).items()]
        if "named_by" in fields or "left_out_by" in fields:
            raise TypeError("who delivers a register is said in lagesbild.toml")
        return Register.model_validate({"called": path.stem} | fields | {"name": path.stem, "columns": columns})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError, AttributeError, TypeError) as fault:
        raise ContractError(f"{path.name}: {fault}") from fault


def load_registers(*folders: Path) -> dict[str, Register]:
    """Every contract in the folders by name, in alphabetical order. Raises ContractError, also where two folders have
    one of the same name."""
    return _load(tuple((path, path.read_bytes()) for folder in folders for path in sorted(folder.glob("*.toml"))))


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, bytes], ...]) -> dict[str, Register]:
    """`files`: with their content, so that one that has changed is read anew."""
    registers: dict[str, Register] = {}
    for path, _ in files:
        if path.stem in registers:
            raise ContractError(f"{path.name}: there is a register {path.stem} already")
        registers[path.stem] = read_register(path)
    for register in registers.values():
        for column in register.columns:
            for target in column.targets:
                if target not in registers:
                    raise ContractError(
                        f"{register.name}.toml: column {column.name} refers to {target}, which is no register"
                    )
                if not registers[target].key:
                    raise ContractError(
                        f"{register.name}.toml: column {column.name} refers to {target}, which has no key"
                    )
    return dict(sorted(registers.items()))
