"""The SQL models: one file = one table, its header, and what it reads.

`sql/core/review.sql` is the table `core.review`. A file begins with one comment that holds TOML, then comes
one SELECT. What it reads, and so the order of building, is derived from the SQL.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assets.sql_files import Place, SqlFileError, read_sql_file
from assets.warehouse.choices import Choice
from assets.warehouse.headers import AREAS, IndicatorHeader, TableHeader

_LETTERS = (
    "utb", "inc", "kla", "reg", "dpia", "pub", "rtt",
    "sty", "beh", "uph", "pm3", "ikp", "vor", "rev", "plan", "dq", "ai", "bes", "rsk",
)  # fmt: skip
"""The catalogue's order of letters within their areas (docs/spec/indicators.md); others come after them, by name."""

MODEL_SCHEMAS = ("core", "indicators", "marts")
"""The folders of `sql/` whose files are tables; the others hold queries that publication and alerts run."""

ITEM_GRAIN = ("organisation", "key")
"""Of every indicator's items (docs/spec/indicators.md, Key, label and unit of an item). The rows with an obstacle are
no items and have no key, so the grain holds for the others."""

INDICATORS = "indicators"
CATALOGUE = "catalogue"
"""The schema of what is made of all indicators together: `indicators`, `items`, `obstacles`."""


class ModelError(ValueError):
    """A model that can't be used; the message names the file and what to mend."""


class Model(BaseModel):
    """One SQL file. `reads`: the tables in its query, as `schema.table`. `setting`: what the installation has chosen
    of an indicator, as `choices.Choice.setting` tells it; the header has the chosen title and target."""

    model_config = ConfigDict(frozen=True)

    schema_name: str
    name: str
    path: Path
    query: str
    header: TableHeader | IndicatorHeader
    reads: frozenset[str]
    place: Place
    setting: Mapping[str, object] = Field(default_factory=dict)

    @property
    def table(self) -> str:
        return f"{self.schema_name}.{self.name}"

    @property
    def indicator(self) -> IndicatorHeader | None:
        return self.header if isinstance(self.header, IndicatorHeader) else None

    @property
    def indicator_id(self) -> str:
        """`utb_01` → `UTB-01`."""
        return self.name.upper().replace("_", "-")

    @property
    def grain(self) -> tuple[str, ...]:
        """The columns that tell two rows of the table apart."""
        return self.header.grain if isinstance(self.header, TableHeader) else ITEM_GRAIN

    @property
    def about(self) -> str:
        return self.header.about if isinstance(self.header, TableHeader) else self.header.title_en


def load_models(*folders: Path) -> dict[str, Model]:
    """Every model below the folders by table name, each after all that it reads. Raises ModelError, also where two
    folders have one of the same name."""
    return _load(tuple((path, path.read_bytes()) for folder in folders for path in _model_files(folder)))


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, bytes], ...]) -> dict[str, Model]:
    """`files`: with their content, so that one that has changed is read anew."""
    models: dict[str, Model] = {}
    for path, content in files:
        model = _read_model(path, content)
        if model.table in models:
            raise ModelError(f"{path.name}: there is a model {model.table} already")
        models[model.table] = model
    schemas = {model.schema_name for model in models.values()}
    for model in models.values():
        for table in sorted(model.reads - models.keys()):
            if table.split(".")[0] in schemas:
                raise ModelError(f"{model.path.name}: reads {table}, which is no model")
    try:
        order = TopologicalSorter({table: models_read(models, model) for table, model in models.items()})
        return {table: models[table] for table in order.static_order()}
    except CycleError as fault:
        raise ModelError(f"models that read each other: {' → '.join(fault.args[1])}") from fault


def _model_files(folder: Path) -> list[Path]:
    return [path for schema in MODEL_SCHEMAS for path in sorted((folder / schema).glob("*.sql"))]


def models_read(models: Mapping[str, Model], model: Model) -> set[str]:
    """The models that this one reads; what is made of all indicators together reads every one of them."""
    read = {table for table in model.reads if table in models}
    if model.reads & {f"{CATALOGUE}.items", f"{CATALOGUE}.obstacles"}:
        read |= {table for table, other in models.items() if other.indicator}
    return read


def upstream(models: Mapping[str, Model], wanted: Iterable[str]) -> set[str]:
    """The wanted models and all that they read, near and far."""
    found: set[str] = set()
    left = list(wanted)
    while left:
        table = left.pop()
        if table not in found:
            found.add(table)
            left += models_read(models, models[table])
    return found


def registers_read(models: Mapping[str, Model], model: Model, registers: Iterable[str]) -> list[str]:
    """The registers whose rows a model's table stands on, near and far, in the registers' order; one that asks
    which deliveries there are (`intake.coverage`) stands on them all."""
    read = {table for near in upstream(models, [model.table]) for table in models[near].reads}
    return [name for name in registers if f"registers.{name}" in read or "intake.coverage" in read]


@lru_cache(maxsize=1024)
def _read_model(path: Path, _content: bytes) -> Model:
    kind = IndicatorHeader if path.parent.name == INDICATORS else TableHeader
    try:
        file = read_sql_file(path)
        header = kind.model_validate(file.header)
    except (SqlFileError, ValidationError) as fault:
        raise ModelError(str(fault) if isinstance(fault, SqlFileError) else f"{path.name}: {fault}") from fault
    return Model(
        schema_name=path.parent.name, name=path.stem, path=path, query=file.query, header=header, reads=file.reads,
        place=file.place,
    )  # fmt: skip


def with_choices(models: Mapping[str, Model], choices: Mapping[str, Choice]) -> dict[str, Model]:
    """The models with the indicators as the installation has chosen them; `choices`: by the indicator's id."""
    return {table: _chosen(model, choices.get(model.indicator_id)) for table, model in models.items()}


def _chosen(model: Model, choice: Choice | None) -> Model:
    if model.indicator is None or choice is None:
        return model
    return model.model_copy(
        update={"header": choice.applied(model.indicator), "setting": choice.setting(model.indicator)}
    )


def indicators(models: Mapping[str, Model]) -> list[Model]:
    """The indicators in the catalogue's order: by area, then by letters and number."""
    found = [model for model in models.values() if model.indicator]
    return sorted(found, key=_place)


def _place(model: Model) -> tuple[int, int, str]:
    letters = model.name.rsplit("_", 1)[0]
    letters_place = _LETTERS.index(letters) if letters in _LETTERS else len(_LETTERS)
    return AREAS.index(model.indicator.area), letters_place, model.name  # type: ignore[union-attr]


def grains(models: Mapping[str, Model]) -> dict[str, tuple[str, ...]]:
    """Table → its grain, of the tables that stand between items and what is published: core and marts."""
    return {table: model.grain for table, model in models.items() if model.indicator is None and model.grain}
