"""The installation's settings, from the environment and the files in its config folder
(docs/spec/interfaces.md, Start)."""

import grp
import os
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
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
from pipelines.installation import installed_sources
from pipelines.own_registers import check_own_registers
from pipelines.wrong_key import WrongKey, first_fault

_IN_FILE = (
    "fetching", "keep_history_nights", "keep_nights", "late_days", "limits", "names", "open_data", "published_group",
    "registers", "retention_days", "seal_to", "words",
)  # fmt: skip
DEMO = "demo"
"""The folder in the installation's data that `make run` makes the demo organisation in."""

_FILES = ("lagesbild.toml", "recipients.toml", "mutes.toml", "indicators.toml")
_LISTS = "registers"
"""What lagesbild.toml calls Settings.register_lists."""


class ConfigurationError(ValueError):
    """The configuration can't be used; the message says in Swedish what to mend."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment names. Raises ConfigurationError."""
    own = own_data(environment)
    demo = own / DEMO
    data = demo if has_no_deliveries(environment) and (demo / "inbox").exists() else own
    config = Path(environment.get("LAGESBILD_CONFIG") or own / "config").absolute()
    inbox = Path(environment.get("LAGESBILD_INBOX") or data / "inbox").absolute()
    file = config / "lagesbild.toml"
    try:
        fields = _read_file(file)
        settings = Settings(
            data=data,
            inbox=inbox,
            config=config,
            today=_day(environment),
            publish=_publish(environment),
            identity=_identity(environment),
            **_workers(environment),
            dask=_dask(environment),
            **fields,
        )
    except tomllib.TOMLDecodeError as fault:
        raise ConfigurationError(f"{file} går inte att använda: {fault}") from fault
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


def own_data(environment: Mapping[str, str] = os.environ) -> Path:
    """The installation's own data folder. The demo's, which lies in it, is another."""
    return Path(environment.get("LAGESBILD_DATA") or "data").absolute()


def has_no_deliveries(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether nobody has delivered anything here: there is no inbox, and no archive of what has lain in one. As long
    as it is so every command works on the demo, where one is made."""
    is_named = bool(environment.get("LAGESBILD_INBOX"))
    return not is_named and not any((own_data(environment) / name).exists() for name in ("inbox", "archive"))


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
    fields = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
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


def _identity(environment: Mapping[str, str]) -> Path | None:
    """The file with the secret that opens the archive. A file that isn't there is told now, not at night."""
    text = environment.get("LAGESBILD_IDENTITY")
    if text and not Path(text).is_file():
        raise ConfigurationError(f"LAGESBILD_IDENTITY pekar på {text}, som inte är någon fil")
    return Path(text).absolute() if text else None


def _day(environment: Mapping[str, str]) -> date | None:
    text = environment.get("LAGESBILD_TODAY")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise ConfigurationError(f"LAGESBILD_TODAY ska vara ett datum som 2026-11-21, inte {text}") from fault


def _publish(environment: Mapping[str, str]) -> Literal["link", "copy"]:
    match environment.get("LAGESBILD_PUBLISH") or "link":
        case "link":
            return "link"
        case "copy":
            return "copy"
        case other:
            raise ConfigurationError(f"LAGESBILD_PUBLISH ska vara link eller copy, inte {other}")


def _workers(environment: Mapping[str, str]) -> dict[str, Any]:
    """As many as there are cores, where nothing is said."""
    text = environment.get("LAGESBILD_WORKERS")
    if text and not (text.isdecimal() and int(text)):
        raise ConfigurationError(f"LAGESBILD_WORKERS ska vara ett antal, minst 1, inte {text}")
    return {"workers": int(text)} if text else {}


def _dask(environment: Mapping[str, str]) -> str | None:
    text = environment.get("LAGESBILD_DASK") or None
    if text and not text.startswith(("tcp://", "tls://")):
        raise ConfigurationError(f"LAGESBILD_DASK ska vara en adress som tcp://scheduler:8786, inte {text}")
    return text


def today(settings: Settings) -> date:
    """The day in Stockholm, or the one that is rehearsed."""
    return settings.today or datetime.now(ZoneInfo("Europe/Stockholm")).date()
