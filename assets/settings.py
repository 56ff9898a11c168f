"""What every wing may know of where and when it works: the settings of the installation, and the run at hand.

`pipelines` makes both, from the environment and from what the run was started with.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, StringConstraints, field_validator

from assets.file_names import printable

FRESHNESS_WINDOW = timedelta(hours=26)
"""A night's picture is old after this: a day, and two hours for the next night to finish
(docs/spec/interfaces.md, Start)."""

DEFAULT_LATE_AFTER_DAYS = 45
"""A delivery is late when the newest one in force is older (docs/spec/interfaces.md, Start)."""

WAREHOUSE_NAME = "lagesbild"
"""What the warehouse is called where it is opened: `lagesbild.marts.gaps`."""

_ROOT = Path(__file__).parents[1]


NonBlank = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


Days = Annotated[int, Field(ge=1, le=36_500)]
"""At most a century: more leads out of the calendar, and is nothing that anybody waits for."""

Seconds = Annotated[float, Field(gt=0, le=604_800)]
"""At most a week."""

Bytes = Annotated[int, Field(ge=1, le=2**50)]


class Limits(BaseModel):
    """What reading one file that people have sent may cost: `memory` and `unpacked` in bytes, `seconds` on the clock.
    `unpacked` is what a packed file, such as a Word document, may hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory: Bytes = 1_500_000_000
    seconds: Seconds = 120
    unpacked: Bytes = 2**28


DEFAULT_LIMITS = Limits()


class FetchLimits(BaseModel):
    """What fetching from one source may cost: `seconds` on the clock and `memory` in bytes for all of it, `size` in
    bytes for each file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: Seconds = 900
    memory: Bytes = 1_500_000_000
    size: Bytes = 4_000_000_000


class OpenData(BaseModel):
    """What the city's figures are opened as: `url`, the address of the folder where it shows them; `publisher`, who
    opens them; `contact`, a function's e-mail address and not a person's; `license`, the address of the terms."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Annotated[str, Field(pattern=r"^https://\S+/$")]
    publisher: Annotated[str, Field(min_length=1)]
    contact: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    license: Annotated[str, Field(pattern=r"^https://\S+$")]


class Settings(BaseModel):
    """The installation. Frozen: nothing changes it while a run goes on.

    `keep_nights`: nightly runs that stay published. `keep_history_nights`: nights of which every figure stays in the
    history, where not all do. `publish`: what switches a publication, a link or, where the file system has none, the
    renaming of folders. `late_days`: per register, how many days old its newest
    delivery in force may be before it is late, where that is not DEFAULT_LATE_AFTER_DAYS. `register_lists`: the
    registers that an organisation, or the city, delivers so far; whoever has no list delivers all. `names`: what
    organisations are called on pages and in the document, where that is not their folder's name. `words`: what is
    added to the contracts' lists of words that are an installation's own. `limits`: what
    reading one file that people have sent may cost; `fetching`: what fetching from one source may.
    `published_group`: the group of the operating system that may read what is published; without it, the process's
    own. `seal_to`: the age recipient that delivered bytes are sealed to; `identity`: the file with its secret, where
    it is at hand. `retention_days`: how long delivered bytes are kept after the last day on which they counted.
    `open_data`: what the city's figures are opened as, where they are.
    `workers`: how many files are read, and folders written, at a time; what comes out is the same.
    `dask`: the address of the scheduler whose workers do it instead, where there is one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path
    inbox: Path
    config: Path
    today: date | None = None
    keep_nights: Days = 30
    keep_history_nights: Days | None = None
    publish: Literal["link", "copy"] = "link"
    late_days: Mapping[str, Days] = Field(default_factory=dict)
    register_lists: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    names: Mapping[str, str] = Field(default_factory=dict)
    words: Mapping[str, tuple[NonBlank, ...]] = Field(default_factory=dict)
    limits: Limits = DEFAULT_LIMITS
    fetching: FetchLimits = FetchLimits()
    published_group: str | None = None
    seal_to: str | None = None
    identity: Path | None = None
    retention_days: Days = 400
    open_data: OpenData | None = None
    workers: PositiveInt = Field(default_factory=lambda: len(os.sched_getaffinity(0)))
    dask: str | None = None
    registers: Path = _ROOT / "assets" / "registers"
    sql: Path = _ROOT / "sql"

    @field_validator("names")
    @classmethod
    def _in_one_line(cls, names: Mapping[str, str]) -> Mapping[str, str]:
        """A name stands in headings, sentences and mail: blanks of every kind become one blank."""
        cleaned = {folder: printable(" ".join(name.split())) for folder, name in names.items()}
        for folder, name in cleaned.items():
            if not name:
                raise ValueError(f"{folder} has an empty name")
        return cleaned

    @property
    def register_folders(self) -> tuple[Path, Path]:
        """Where contracts lie: the product's, and those of the installation's own."""
        return self.registers, self.config / "registers"

    @property
    def sql_folders(self) -> tuple[Path, Path]:
        """Where models lie: the product's, and those of the installation's own."""
        return self.sql, self.config / "sql"

    @property
    def archive(self) -> Path:
        return self.data / "archive"

    @property
    def fetched(self) -> Path:
        """What is fetched from other systems; read as the inbox is."""
        return self.data / "fetched"

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def warehouse(self) -> Path:
        """The newest published night's tables, for analysts to open read-only."""
        return self.data / "warehouse" / f"{WAREHOUSE_NAME}.duckdb"


@dataclass(frozen=True)
class Run:
    """One run. `as_of` is B, `known_at` is K; `folder` is the run's own and goes with it."""

    id: str
    kind: Literal["nightly", "review"]
    as_of: date
    known_at: date
    today: date
    folder: Path

    @property
    def deliveries_path(self) -> Path:
        """The deliveries as they stand for K, left there by the intake for the warehouse."""
        return self.folder / "deliveries.parquet"

    @property
    def fetches(self) -> Path:
        """How fetching went, left there by the intake for the warehouse."""
        return self.folder / "fetches.parquet"

    @property
    def texts(self) -> Path:
        """What people have written for the document, left there by the intake for the publication."""
        return self.folder / "texts" / "texts.json"

    @property
    def warehouse(self) -> Path:
        """The tables that the run works on, beside those that are kept."""
        return self.folder / "warehouse.duckdb"
