"""What the environment says of an installation (docs/spec/interfaces.md, Start)."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""A run can be of these days: what is counted some years back or ahead of them still has a date."""

DEMO = "demo"
"""The folder in the installation's data that `make run` makes the demo organisation in."""


class ConfigurationError(ValueError):
    """The configuration can't be used; the message says in Swedish what to mend."""


def named_settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The fields of Settings that the environment decides; what it is silent on Settings knows itself. Raises
    ConfigurationError."""
    own = own_data(environment)
    demo = own / DEMO
    data = demo if has_no_deliveries(environment) and (demo / "inbox").exists() else own
    named = {
        "data": data,
        "inbox": Path(environment.get("LAGESBILD_INBOX") or data / "inbox").absolute(),
        "config": Path(environment.get("LAGESBILD_CONFIG") or own / "config").absolute(),
        "today": _day(environment),
        "publish": _publish(environment),
        "identity": _identity(environment),
        "workers": _workers(environment),
        "dask": _dask(environment),
    }
    return {field: value for field, value in named.items() if value is not None}


def own_data(environment: Mapping[str, str] = os.environ) -> Path:
    """The installation's own data folder. The demo's, which lies in it, is another."""
    return Path(environment.get("LAGESBILD_DATA") or "data").absolute()


def has_no_deliveries(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether nobody has delivered anything here: there is no inbox, and no archive of what has lain in one. As long
    as it is so every command works on the demo, where one is made."""
    is_named = bool(environment.get("LAGESBILD_INBOX"))
    return not is_named and not any((own_data(environment) / name).exists() for name in ("inbox", "archive"))


def _identity(environment: Mapping[str, str]) -> Path | None:
    """The file with the secret that opens the archive. A file that isn't there is told now, not at night."""
    text = environment.get("LAGESBILD_IDENTITY")
    if text and not Path(text).is_file():
        raise ConfigurationError(f"LAGESBILD_IDENTITY pekar på {text}, som inte är någon fil")
    return Path(text).absolute() if text else None


def _day(environment: Mapping[str, str]) -> date | None:
    text = environment.get("LAGESBILD_TODAY")
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise ConfigurationError(f"LAGESBILD_TODAY ska vara ett datum som 2026-11-21, inte {text}") from fault
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise ConfigurationError(f"LAGESBILD_TODAY ska ligga mellan {FIRST_DAY} och {LAST_DAY}, och är {text}")
    return day


def _publish(environment: Mapping[str, str]) -> Literal["link", "copy"]:
    match environment.get("LAGESBILD_PUBLISH") or "link":
        case "link":
            return "link"
        case "copy":
            return "copy"
        case other:
            raise ConfigurationError(f"LAGESBILD_PUBLISH ska vara link eller copy, inte {other}")


def _workers(environment: Mapping[str, str]) -> int | None:
    text = environment.get("LAGESBILD_WORKERS")
    if text and not (text.isdecimal() and int(text)):
        raise ConfigurationError(f"LAGESBILD_WORKERS ska vara ett antal, minst 1, inte {text}")
    return int(text) if text else None


def _dask(environment: Mapping[str, str]) -> str | None:
    text = environment.get("LAGESBILD_DASK") or None
    if text and not text.startswith(("tcp://", "tls://")):
        raise ConfigurationError(f"LAGESBILD_DASK ska vara en adress som tcp://scheduler:8786, inte {text}")
    return text
