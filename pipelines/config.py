"""The installation's settings, from the environment and the files in its config folder
(docs/spec/interfaces.md, Start)."""

import grp
import os
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from assets.alerts.configuration import ConfigurationError as AlertsError
from assets.alerts.configuration import read_configuration
from assets.intake.inbox import ORGANISATION
from assets.intake.seal import check_recipient
from assets.intake.sources.load import SourceError
from assets.nearest import nearest
from assets.registers.contract import CITY
from assets.registers.own_words import lists_of
from assets.settings import Settings
from assets.toml_fault import toml_fault
from pipelines.environment import ConfigurationError, named_settings
from pipelines.installation import installed_sources
from pipelines.own_registers import check_own_registers
from pipelines.wrong_key import WrongKey, first_fault

_IN_FILE = (
    "fetching", "keep_history_nights", "keep_nights", "late_days", "limits", "names", "open_data", "published_group",
    "registers", "retention_days", "seal_to", "words",
)  # fmt: skip
_FILES = ("lagesbild.toml", "recipients.toml", "mutes.toml", "indicators.toml")
_LISTS = "registers"
"""What lagesbild.toml calls Settings.register_lists."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment names. Raises ConfigurationError."""
    named = named_settings(environment)
    config: Path = named["config"]
    file = config / "lagesbild.toml"
    try:
        settings = Settings(**named, **_read_file(file))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigurationError(f"{file} går inte att använda: {toml_fault(fault)}") from fault
    except OSError as fault:
        raise ConfigurationError(f"{file} går inte att läsa: {fault.strerror}") from fault
    except ValidationError as fault:
        raise ConfigurationError(
            f"{file}: {first_fault(fault, Settings).replace('register_lists', _LISTS)}"
        ) from fault
    _check_files(config)
    _check_registers(settings, file)
    _check_group(settings.published_group, file)
    _check_recipient(settings.seal_to, file)
    try:
        installed_sources(settings)
    except SourceError as fault:
        raise ConfigurationError(f"{config}/{fault}") from fault
    try:
        read_configuration(config)
    except AlertsError as fault:
        raise ConfigurationError(str(fault)) from fault
    return settings


def check_installation(settings: Settings) -> None:
    """Holds all that the installation has of its own against the product. Raises ConfigurationError; for what runs or
    reads as a run does, before it begins."""
    from pipelines.own_indicators import installed_models  # reads every query: only where they are asked
    from pipelines.own_models import check_own_models

    try:
        check_own_models(settings, check_own_registers(settings))
        installed_models(settings)
    except WrongKey as fault:
        raise ConfigurationError(f"{settings.config}/{fault}") from fault


def _read_file(file: Path) -> dict[str, Any]:
    fields = tomllib.loads(file.read_text(encoding="utf-8-sig")) if file.exists() else {}
    for key in fields:
        if key not in _IN_FILE:
            known = f". De som finns är {', '.join(_IN_FILE)}"
            raise ConfigurationError(f"{file}: {key} är ingen inställning{nearest(key, _IN_FILE) or known}")
    lists = {"register_lists": fields.pop(_LISTS)} if _LISTS in fields else {}
    return fields | lists


def _check_files(config: Path) -> None:
    """A misspelt file would be passed over in silence."""
    for path in sorted(config.glob("*.toml")):
        if path.name not in _FILES:
            raise ConfigurationError(f"{path}: här läses bara {', '.join(_FILES)}{nearest(path.name, _FILES)}")


def _check_registers(settings: Settings, file: Path) -> None:
    """Settings name registers that there are, the product's or the installation's own."""
    try:
        registers = check_own_registers(settings)
    except WrongKey as fault:
        raise ConfigurationError(f"{settings.config}/{fault}") from fault
    named = [("late_days", register) for register in settings.late_days]
    named += [(f"{_LISTS}.{place}", name) for place, names in settings.register_lists.items() for name in names]
    for key, name in named:
        if name not in registers:
            raise ConfigurationError(
                f"{file}: {key} nämner {name}, som inte är något register{nearest(name, registers)}"
            )
    for name in settings.words:
        if name not in lists_of(registers):
            raise ConfigurationError(
                f"{file}: words.{name} är ingen lista med egna ord{nearest(name, lists_of(registers))}"
            )
    for name in settings.register_lists.get(CITY, ()):
        if registers[name].level != "city":
            raise ConfigurationError(
                f"{file}: {_LISTS}.{CITY} nämner {name}, som varje organisation lämnar själv; skriv det under den"
            )
    for place in settings.register_lists:
        if not ORGANISATION.fullmatch(place):
            raise ConfigurationError(
                f"{file}: {_LISTS} nämner {place}, som inte kan vara en mapp i inkorgen (a–z, 0–9 och -)"
            )


def _check_group(name: str | None, file: Path) -> None:
    """What is published can only be given to a group that there is, and that the process is in."""
    if name is None:
        return
    try:
        group = grp.getgrnam(name)
    except KeyError as fault:
        raise ConfigurationError(f"{file}: published_group nämner {name}, som inte är någon grupp här") from fault
    if os.geteuid() != 0 and group.gr_gid not in {os.getegid(), *os.getgroups()}:
        raise ConfigurationError(f"{file}: published_group nämner {name}, som kontot för körningen inte är med i")


def _check_recipient(recipient: str | None, file: Path) -> None:
    if recipient is not None:
        try:
            check_recipient(recipient)
        except ValueError as fault:
            raise ConfigurationError(f"{file}: seal_to ska vara en age-mottagare, som börjar med age1") from fault


def today(settings: Settings) -> date:
    """The day in Stockholm, or the one that is rehearsed."""
    return settings.today or datetime.now(ZoneInfo("Europe/Stockholm")).date()
