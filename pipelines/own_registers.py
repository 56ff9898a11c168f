"""Registers of an installation's own, held against the product's (docs/spec/sources.md, 5).

`<config>/registers/<register>.toml`, written as the product's.
"""

import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from assets.nearest import nearest
from assets.registers.column import Column
from assets.registers.contract import Register
from assets.registers.read_contracts import ContractError, load_registers, read_register
from assets.registers.sql_words import SQL_WORDS
from assets.settings import Settings
from assets.toml_fault import toml_fault
from pipelines.contract_words import in_swedish
from pipelines.wrong_key import WrongKey, first_error, first_fault

FOLDER = "registers"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def check_own_registers(settings: Settings) -> dict[str, Register]:
    """All registers, the product's and one's own, as their contracts have them. Raises WrongKey where a file of one's
    own can't be used, by itself or beside the others."""
    product, own = load_registers(settings.registers), sorted((settings.config / FOLDER).glob("*"))
    for path in own:
        if path.suffix != ".toml" or not _NAME.fullmatch(path.stem):
            raise WrongKey(
                f"{FOLDER}/{path.name}: här läses bara <register>.toml, med ett namn av a–z, 0–9 och _; flytta eller "
                "döp om filen"
            )
        if path.stem in product:
            raise WrongKey(f"{FOLDER}/{path.name}: registret {path.stem} finns i produkten; välj ett annat namn")
        if path.stem in SQL_WORDS:
            raise WrongKey(f"{FOLDER}/{path.name}: registrets namn är ett ord i SQL; döp om filen")
    for path in own:
        _check_contract(path)
    try:
        registers = load_registers(*settings.register_folders)
    except ContractError as fault:  # what one contract says of another
        file, _, words = str(fault).partition(": ")
        raise WrongKey(f"{FOLDER}/{file}: {in_swedish(words)}{_nearest_target(words, settings)}") from None
    return registers


def _nearest_target(words: str, settings: Settings) -> str:
    target = re.search(r"refers to (\S+), which is no register", words)
    names = [path.stem for folder in settings.register_folders for path in folder.glob("*.toml")]
    return nearest(target[1], names) if target else ""


def _check_contract(path: Path) -> None:
    try:
        read_register(path)
    except ContractError as fault:
        raise WrongKey(f"{FOLDER}/{path.name}: {_contract_fault(fault, path)}") from None


def _contract_fault(fault: ContractError, path: Path) -> str:
    """The fault; of one that pydantic found the key, and the column that it is in."""
    cause = fault.__cause__
    if isinstance(cause, tomllib.TOMLDecodeError | UnicodeDecodeError):
        return f"går inte att läsa som TOML: {toml_fault(cause)}"
    if not isinstance(cause, ValidationError):
        message = str(fault).removeprefix(f"{path.name}: ")
        words = in_swedish(message)
        return words if words != message else "under [columns] står varje kolumn som Namn = { type = ... }"
    place = first_error(cause)["loc"]
    if len(place) < 2 or place[0] != "columns" or not isinstance(place[1], int):
        return first_fault(cause, Register)
    name = list(tomllib.loads(path.read_text(encoding="utf-8-sig"))["columns"])[place[1]]
    words = first_fault(cause, Column, below=2)
    return words if words.startswith("kolumnen ") else f"kolumnen {name}: {words}"
