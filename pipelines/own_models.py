"""Terms and indicators of an installation's own, held against the product's before anything is run
(docs/spec/sources.md, 5).

`<config>/sql/core/*.sql` and `<config>/sql/indicators/*.sql`, written as the product's.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from assets.nearest import nearest
from assets.publication.document.chapters.outline import CHAPTERS
from assets.registers.contract import Register
from assets.registers.shapes import CATALOGUE, DAYS_OFF, HISTORY, INTAKE
from assets.settings import Settings
from assets.sql_files import SqlFileError, read_sql_file
from assets.warehouse.headers import IndicatorHeader, TableHeader
from assets.warehouse.models import Model, ModelError, indicators, load_models
from pipelines.own_queries import trial_faults
from pipelines.wrong_key import WrongKey, first_fault

SQL = "sql"
_SCHEMAS = ("core", "indicators")
_INDICATOR = re.compile(r"[a-z][a-z0-9]*_[0-9]{2}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WRITTEN_CHAPTERS = CHAPTERS[: CHAPTERS.index("4")]
"""The document's chapters in which an indicator can be told."""


def check_own_models(settings: Settings, registers: Mapping[str, Register]) -> None:
    """Raises WrongKey where a file of the installation's own can't be used, by itself or beside the product's.
    `registers`: all that there are."""
    _check_places(settings.config)
    models = _own_models(settings)
    own = [model for model in models.values() if model.path.is_relative_to(settings.config)]
    for model in own:
        for fault in (*_table_faults(model, registers, models), *_header_faults(model, registers)):
            raise WrongKey(f"{_place(model.path, settings.config)}: {fault}")
    for model, fault in trial_faults(own, registers, models):
        raise WrongKey(f"{_place(model.path, settings.config)}: {fault}")


def _place(path: Path, config: Path) -> str:
    return path.relative_to(config).as_posix()


def _check_places(config: Path) -> None:
    """Nothing lies in the folders that wouldn't be read."""
    for folder in sorted((config / SQL).glob("*")):
        if folder.name not in _SCHEMAS or not folder.is_dir():
            raise WrongKey(f"{_place(folder, config)}: här läses bara mapparna core och indicators")
        for path in sorted(folder.glob("*")):
            _check_sql_name(path, config)


def _check_sql_name(path: Path, config: Path) -> None:
    if path.suffix != ".sql" or not _NAME.fullmatch(path.stem):
        raise WrongKey(f"{_place(path, config)}: här läses bara <namn>.sql, med ett namn av a–z, 0–9 och _")
    if path.parent.name == "indicators" and not _INDICATOR.fullmatch(path.stem):
        raise WrongKey(
            f"{_place(path, config)}: en indikators fil heter som dess id, bokstäver och två siffror: nac_01.sql"
        )


def _own_models(settings: Settings) -> dict[str, Model]:
    product, config = load_models(settings.sql), settings.config
    letters = {_letters(model) for model in indicators(product)}
    for path in sorted((config / SQL).glob("*/*.sql")):
        if f"{path.parent.name}.{path.stem}" in product:
            raise WrongKey(f"{_place(path, config)}: {path.stem} finns i produkten; välj ett annat namn")
        prefix = path.stem.rpartition("_")[0]
        if path.parent.name == "indicators" and prefix in letters:
            raise WrongKey(
                f"{_place(path, config)}: id som börjar med {prefix.upper()} är produktens; välj andra bokstäver"
            )
        if late := _read_too_early(path):
            raise WrongKey(f"{_place(path, config)}: läser {late}, som görs först efter indikatorerna")
    try:
        return load_models(*settings.sql_folders)
    except ModelError as fault:
        raise WrongKey(_model_fault(fault, config, product)) from None


def _read_too_early(path: Path) -> str | None:
    """The first table that it reads which is made of the indicators; a file that can't be read is told of later."""
    try:
        reads = read_sql_file(path).reads
    except SqlFileError:
        return None
    late = {shape.table for shape in (*CATALOGUE, *HISTORY)}
    return next((table for table in sorted(reads) if table in late or table.startswith("marts.")), None)


def _letters(model: Model) -> str:
    return model.name.rpartition("_")[0]


def _model_fault(fault: ModelError, config: Path, product: Mapping[str, Model]) -> str:
    file, _, words = str(fault).partition(": ")
    path = next((path for path in sorted((config / SQL).glob("*/*.sql")) if path.name == file), None)
    if path is None:
        return f"{SQL}: frågorna läser varandra: {words}"
    cause = fault.__cause__
    if isinstance(cause, ValidationError):
        words = first_fault(cause, IndicatorHeader if path.parent.name == "indicators" else TableHeader)
    elif isinstance(cause, SqlFileError):
        words = f"går inte att läsa: {words}"
    elif unknown := re.fullmatch(r"reads (\S+), which is no model", words):
        own = [f"{other.parent.name}.{other.stem}" for other in (config / SQL).glob("*/*.sql")]
        words = f"läser {unknown[1]}, som inte finns{nearest(unknown[1], [*product, *own])}"
    return f"{_place(path, config)}: {words}"


def _table_faults(model: Model, registers: Mapping[str, Register], models: Mapping[str, Model]) -> Iterator[str]:
    """What it reads that isn't there."""
    known = {f"registers.{name}" for name in registers} | {shape.table for shape in (*INTAKE, DAYS_OFF)} | {*models}
    for table in sorted(model.reads - known):
        yield f"läser {table}, som inte finns{nearest(table, known)}"


def _header_faults(model: Model, registers: Mapping[str, Register]) -> Iterator[str]:
    header = model.indicator
    if header is None:
        return
    for name in header.needs:
        if name not in registers:
            yield f"needs nämner {name}, som inte är något register{nearest(name, registers)}"
    if header.chapter not in _WRITTEN_CHAPTERS:
        yield f"chapter nämner {header.chapter}, som dokumentet inte har; det har {', '.join(_WRITTEN_CHAPTERS)}"
