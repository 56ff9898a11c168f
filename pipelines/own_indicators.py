"""`<config>/indicators.toml`: other targets and titles, and what isn't asked in an installation
(docs/spec/sources.md, 5)."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assets.nearest import nearest
from assets.settings import Settings
from assets.toml_fault import toml_fault
from assets.warehouse.choices import Choice
from assets.warehouse.headers import IndicatorHeader
from assets.warehouse.models import Model, indicators, load_models, with_choices
from pipelines.wrong_key import WrongKey, first_fault

FILE = "indicators.toml"


def installed_models(settings: Settings) -> dict[str, Model]:
    """Every model by table, each after all that it reads, the indicators as the installation has chosen them. Raises
    ModelError and WrongKey."""
    models = load_models(*settings.sql_folders)
    return with_choices(models, read_choices(settings.config / FILE, models))


def read_choices(path: Path, models: Mapping[str, Model]) -> dict[str, Choice]:
    """The choices in the file by the indicator's id; none where there is no file. Raises WrongKey."""
    try:
        tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as fault:
        raise WrongKey(f"{FILE}: går inte att läsa: {fault.strerror}") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise WrongKey(f"{FILE}: går inte att läsa som TOML: {toml_fault(fault)}") from fault
    known = {model.indicator_id: model.indicator for model in indicators(models)}
    found = {}
    for ident, fields in tables.items():
        header = known.get(ident)
        if header is None:
            raise WrongKey(f"{FILE}: [{ident}] är ingen indikator{nearest(ident, known)}")
        found[ident] = _choice(ident, fields, header)
    return found


def _choice(ident: str, fields: object, header: IndicatorHeader) -> Choice:
    if not isinstance(fields, dict):
        raise WrongKey(f"{FILE}: {ident} ska vara en tabell: skriv [{ident}] och inställningarna under den")
    try:
        choice = Choice.model_validate(fields)
    except ValidationError as fault:
        raise WrongKey(f"{FILE}: [{ident}] {first_fault(fault, Choice)}") from None
    if why := _not_to_choose(choice, header):
        raise WrongKey(f"{FILE}: [{ident}] {why}")
    return choice


def _not_to_choose(choice: Choice, header: IndicatorHeader) -> str:
    """Why it can't be chosen, as the end of a Swedish sentence; empty where it can."""
    if choice.off and header.law:
        return f"off: målet är ett lagkrav ({header.motive}) och kan inte stängas av"
    if choice.target is None:
        return ""
    if header.kind == "open":
        return "target: målet är alltid noll för det som ska vara åtgärdat; ta bort raden"
    if header.law and header.target is not None and choice.target < header.target:
        return f"target: målet {header.target} är ett lagkrav ({header.motive}) och kan inte sänkas"
    if header.kind == "share" and not 0 < choice.target <= 100:
        return f"target: en andel har ett mål från 1 till 100, inte {choice.target}"
    if choice.target < 1:
        return f"target: ett antal har ett mål från 1, inte {choice.target}"
    return ""
