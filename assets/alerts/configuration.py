"""The wing's two files, both optional: recipients.toml, and mutes.toml on what nobody is notified of for a while."""

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from assets.alerts.recipients import EVERYBODY, PASSWORD, Frozen, Recipients, Text
from assets.alerts.vocabulary import Kind
from assets.nearest import keys_at, nearest
from assets.registers.contract import CITY
from assets.toml_fault import toml_fault

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ConfigurationError(ValueError):
    """The wing's configuration can't be used; the message says in Swedish what to mend."""


class Mute(Frozen):
    """What nobody is notified of, until the end of a day. A field left out means any; one at least is given."""

    reason: Text
    until: date
    id: str | None = None
    organisation: str | None = None
    kind: Kind | None = None
    register_: Annotated[str | None, Field(alias="register")] = None
    indicator: str | None = None

    @property
    def selects(self) -> dict[str, str]:
        """Field of an alert → the value that is muted."""
        fields = {
            "id": self.id, "organisation": self.organisation, "kind": self.kind, "register": self.register_,
            "indicator": self.indicator,
        }  # fmt: skip
        return {name: value for name, value in fields.items() if value is not None}

    @model_validator(mode="after")
    def _selects_something(self) -> Self:
        if not self.selects:
            raise ValueError("ska ange minst en av id, organisation, kind, register och indicator")
        return self


class Mutes(Frozen):
    """mutes.toml."""

    mutes: tuple[Mute, ...] = ()


_Model = TypeVar("_Model", Recipients, Mutes)


class Configuration(Frozen):
    """Both files; all left out where there are none."""

    recipients: Recipients = Recipients()
    mutes: tuple[Mute, ...] = ()

    def unknown(self, organisations: list[str]) -> list[str]:
        """Organisations that a recipient or a mute names and that there are none of: most likely misspelt."""
        named = {name for recipient in self.recipients.recipients for name in recipient.organisations}
        named |= {mute.organisation for mute in self.mutes if mute.organisation}
        return sorted(named - {*organisations, CITY, EVERYBODY})


def read_configuration(folder: Path, environment: Mapping[str, str] = os.environ) -> Configuration:
    """recipients.toml and mutes.toml of the folder. Raises ConfigurationError, also where a secret that they
    need isn't in the environment."""
    recipients = _read(folder / "recipients.toml", Recipients)
    mutes = _read(folder / "mutes.toml", Mutes)
    needed = [name for recipient in recipients.recipients for name in (recipient.teams, recipient.webhook) if name]
    if recipients.smtp and recipients.smtp.user:
        needed.append(PASSWORD)
    for name in needed:
        if not environment.get(name):
            raise ConfigurationError(f"{folder / 'recipients.toml'}: miljövariabeln {name} saknas")
        if name == PASSWORD and not environment[name].isascii():  # smtplib can't send any other
            raise ConfigurationError(f"Lösenordet i {name} får bara ha tecken ur ASCII, till exempel inte å, ä och ö")
        if name != PASSWORD and not is_safe(environment[name]):
            raise ConfigurationError(f"Miljövariabeln {name} ska hålla en adress som börjar med https://")
    return Configuration(recipients=recipients, mutes=mutes.mutes)


def is_safe(url: str) -> bool:
    """Encrypted on its way, or not on its way anywhere."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or parts.hostname in _LOOPBACK)


def _read(path: Path, model: type[_Model]) -> _Model:
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return model.model_validate(fields)
    except FileNotFoundError:
        return model()
    except OSError as fault:
        raise ConfigurationError(f"{path} går inte att läsa: {fault.strerror}") from fault
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ConfigurationError(f"{path} går inte att läsa som TOML: {toml_fault(fault)}") from fault
    except ValidationError as fault:
        faults = "; ".join(_in_swedish(error, model) for error in fault.errors())
        raise ConfigurationError(f"{path}: {faults}") from fault


_SENTENCES = {
    "missing": "saknas",
    "string_too_short": "får inte vara tom",
    "too_short": "får inte vara tom",
    "string_pattern_mismatch": "ska börja med http:// eller https://",
}


def _in_swedish(error: ErrorDetails, model: type[Frozen]) -> str:
    place = " ".join(f"nr {part + 1}" if isinstance(part, int) else str(part) for part in error["loc"])
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        sentence = f"är ingen inställning{nearest(str(error['loc'][-1]), keys_at(model, error['loc'][:-1]))}"
    elif kind == "value_error":
        sentence = str(context["error"])
    elif kind in ("literal_error", "enum"):
        sentence = f"ska vara {context['expected'].replace(' or ', ' eller ')}"
    elif kind.startswith("date"):
        sentence = "ska vara ett datum som 2026-11-21, utan citattecken"
    else:
        sentence = _SENTENCES.get(kind, "har ett värde som inte går att använda")
    return f"{place} {sentence}".strip()
