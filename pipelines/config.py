"""The installation's settings, from the environment and the files in its config folder
(docs/spec/interfaces.md, Start)."""

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
from assets.registers.contract import load_registers
from assets.settings import Settings

_IN_FILE = {"keep_nights", "late_days", "limits", "names"}


class ConfigurationError(ValueError):
    """The configuration can't be used; the message says in Swedish what to mend."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment names. Raises ConfigurationError."""
    data = Path(environment.get("LAGESBILD_DATA") or "data").absolute()
    config = Path(environment.get("LAGESBILD_CONFIG") or data / "config").absolute()
    inbox = Path(environment.get("LAGESBILD_INBOX") or data / "inbox").absolute()
    file = config / "lagesbild.toml"
    try:
        fields = _read_file(file)
        settings = Settings(data=data, inbox=inbox, config=config, today=_day(environment), **fields)
    except (tomllib.TOMLDecodeError, ValidationError) as fault:
        raise ConfigurationError(f"{file} går inte att använda: {fault}") from fault
    for register in settings.late_days:
        if register not in load_registers(settings.registers):
            raise ConfigurationError(f"{file}: late_days nämner {register}, som inte är något register")
    try:
        read_configuration(config)
    except AlertsError as fault:
        raise ConfigurationError(str(fault)) from fault
    return settings


def _read_file(file: Path) -> dict[str, Any]:
    fields = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if unknown := fields.keys() - _IN_FILE:
        raise ConfigurationError(f"{file}: okänd inställning {', '.join(sorted(unknown))}")
    return fields


def _day(environment: Mapping[str, str]) -> date | None:
    text = environment.get("LAGESBILD_TODAY")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise ConfigurationError(f"LAGESBILD_TODAY ska vara ett datum som 2026-11-21, inte {text}") from fault


def today(settings: Settings) -> date:
    """The day in Stockholm, or the one that is rehearsed."""
    return settings.today or datetime.now(ZoneInfo("Europe/Stockholm")).date()
