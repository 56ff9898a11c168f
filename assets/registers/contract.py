"""A register's contract: its columns, headings, types and rules, read from one TOML file and checked.

The file's stem is the register's name, its inbox stem, its table and its Dagster asset.
"""

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache
from math import isfinite
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, ValidationError, model_validator

from assets.registers.pattern import fits_whole, portable
from assets.registers.sql_words import SQL_WORDS
from assets.settings import DEFAULT_LATE_AFTER_DAYS

CITY = "staden"
"""The inbox folder of the city-level registers, and the name of the roll-up over all organisations."""

Type = Literal["text", "code", "date", "datetime", "int", "number", "bool", "enum", "list"]

NUMBER_DIGITS, NUMBER_DECIMALS = 18, 6
"""What a number with decimals holds: so many digits, of which so many are decimals; further ones are rounded."""


class ContractError(ValueError):
    """A contract that can't be used; the message names the file and what to mend."""


def slug(text: str) -> str:
    """The ASCII key of a Swedish heading or name: `Anställd från` → `anstalld_fran`."""
    return re.sub(r"[^a-z0-9]+", "_", plain(text)).strip("_")


def plain(text: str) -> str:
    """Casefolded and without diacritics, so that `Registerförteckning` and `REGISTERFORTECKNING` meet."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def heading_key(text: str) -> str:
    """The form in which headings are compared: letters and digits alone, without case and diacritics."""
    return "".join(char for char in plain(text) if char.isalnum())


def folded(text: str) -> str:
    """The form in which the words of an enum are compared: in any case, however its letters are composed."""
    return unicodedata.normalize("NFC", text).casefold()


ROW_KEY = "row_key"
"""The field that tells the rows of a register without a key apart: their content and their number among equals."""

RESERVED = frozenset({ROW_KEY, "organisation", "delivery", "row", "fault", "text", "masked", "filename", "position"})
"""ASCII names that the machinery gives to columns of its own, beside those of a contract."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReferenceBy(_Frozen):
    """A reference whose target register depends on the value of another column of the row."""

    column: str
    registers: Mapping[str, str]


class Column(_Frozen):
    """One column of a register.

    `req`: a row without a value is quarantined. `head`: the heading must be there, though cells may be
    empty. `req_when`: required where these columns have these values. `filled`: intake also lands
    whether the text says something (docs/spec/indicators.md, "filled"). `pii`: never leaves intake in clear.
    `protects`: a yes marks the row's person as protected; unreadable or missing counts as yes.
    `identifies`: the person's own number, which stands here on purpose: it is no stray one, and intake lands
    whether it stands under another key too, never the number.
    `open_when`: the text is secret unless these columns have these values.
    `ref`, `ref_by`: the value should be a key of that register.
    `expires`: names a person and is read by no figure, so that it goes when the delivery is purged.
    `pattern`: the regular expression that a whole code or text fits (`assets.registers.pattern`).
    `also_values`: other spellings of an enum's values. `own_words`: the list of lagesbild.toml whose words an
    installation adds to the values. `about`: what it holds, in Swedish, for those who deliver;
    `example`: what a cell of it may hold. Neither decides how a delivery is read.
    `looked_up`: a source of this installation refers to the register's rows by this column's values
    (docs/spec/sources.md); no contract says it, `with_lookups` does.
    """

    name: str
    type: Type
    req: bool = False
    head: bool = False
    req_when: Mapping[str, str] = Field(default_factory=dict)
    also: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    also_values: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    own_words: str | None = None
    min: int | float | None = None
    max: int | float | None = None
    pattern: str | None = None
    pii: bool = False
    filled: bool = False
    protects: bool = False
    identifies: bool = False
    open_when: Mapping[str, str] = Field(default_factory=dict)
    ref: str | None = None
    ref_by: ReferenceBy | None = None
    expires: bool = False
    about: str = ""
    example: str = ""
    looked_up: bool = False

    @cached_property
    def slug(self) -> str:
        return slug(self.name)

    @property
    def made(self) -> tuple[str, ...]:
        """The ASCII names of what intake makes of it beside its value."""
        endings = (
            ("last", self.type == "datetime"), ("day", self.type == "datetime"), ("filled", self.filled),
            ("shared", self.identifies), ("hashed", True),
        )  # fmt: skip
        return tuple(f"{self.slug}_{ending}" for ending, is_made in endings if is_made)

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.name, *self.also)

    @property
    def targets(self) -> tuple[str, ...]:
        """Every register that a value of this column may point at."""
        by = tuple(self.ref_by.registers.values()) if self.ref_by else ()
        return ((self.ref,) if self.ref else ()) + by

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if (self.type == "enum") != bool(self.values):
            raise ValueError(f"column {self.name}: an enum, and nothing else, lists its values")
        if self.own_words and self.type != "enum":
            raise ValueError(f"column {self.name}: only an enum has words of one's own")
        self._has_fitting_bounds()
        self._has_fitting_words()
        if self.protects and self.type != "bool":
            raise ValueError(f"column {self.name}: only a bool protects")
        if self.identifies and not self.pii:
            raise ValueError(f"column {self.name}: what identifies a person is pii")
        if (self.filled or self.open_when) and self.type != "text":
            raise ValueError(f"column {self.name}: only a text is filled or secret")
        if self.pattern is not None:
            self._has_fitting_pattern(self.pattern)
        return self

    def _has_fitting_bounds(self) -> None:
        bounds = [bound for bound in (self.min, self.max) if bound is not None]
        if bounds and self.type not in ("int", "number"):
            raise ValueError(f"column {self.name}: only an int has min and max, or a number")
        if self.type == "int" and not all(isinstance(bound, int) for bound in bounds):
            raise ValueError(f"column {self.name}: the min and max of an int are whole numbers")
        if not all(isfinite(bound) for bound in bounds) or bounds != sorted(bounds):
            raise ValueError(f"column {self.name}: min is no greater than max, and neither is endless")

    def _has_fitting_words(self) -> None:
        for value in self.also_values:
            if value not in self.values:
                raise ValueError(f"column {self.name}: also_values has {value!r}, which isn't one of its values")
        spellings = [word for words in (self.values, *self.also_values.values()) for word in words]
        if any(not word.strip() for word in spellings):
            raise ValueError(f"column {self.name}: a value or a spelling of one is empty")
        _no_twice([folded(word) for word in spellings], f"value of column {self.name},")

    def _has_fitting_pattern(self, pattern: str) -> None:
        if self.type not in ("code", "text") or self.filled or self.open_when:
            raise ValueError(
                f"column {self.name}: only a code, or a text that is neither filled nor secret, has a pattern"
            )
        try:
            portable(pattern)
        except ValueError as fault:
            raise ValueError(f"column {self.name}: {fault}") from None
        if self.example and not fits_whole(self.example, pattern):
            raise ValueError(f"column {self.name}: the example {self.example} doesn't fit the pattern {pattern}")


_WORDS = ("about", "called", "holds", "kept_by", "late_after", "left_out_by", "named_by")
_VERSIONLESS = {"expires", "about", "example", "looked_up", "own_words"}
"""What of a register, and of a column, decides nothing of how a delivery is read."""


def _unused(column: Column) -> set[str]:
    """What a column doesn't make use of, of the keys that came after the first deliveries were read: left out of the
    version, so that a contract without them has the version that it had before there were any."""
    return {key for key in ("also_values", "pattern") if not getattr(column, key)}


class Register(_Frozen):
    """One register. Grain of its table: one row per key, within an organisation unless it is the city's.

    `about`: what it is, for an engineer. `called`: what it is called inside a Swedish sentence, in the definite form;
    its name where nothing is said. `holds`, `kept_by`: what it holds and who usually has it, in Swedish, for those
    who deliver.
    `late_after`: how many days old its newest delivery in force may be before it is late (docs/spec/interfaces.md,
    Start). `named_by`, `left_out_by`: of the organisations, and the city, that have a list of the registers that they
    deliver so far, those whose list names it and those whose list doesn't (docs/spec/sources.md, 5).

    Without a key each row is its own: what tells it apart is its content and its number among its equals.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    about: str
    called: Annotated[str, Field(min_length=1)]
    holds: str = ""
    kept_by: str = ""
    late_after: PositiveInt = DEFAULT_LATE_AFTER_DAYS
    named_by: tuple[str, ...] = ()
    left_out_by: tuple[str, ...] = ()
    mode: Literal["snapshot", "accumulate"]
    level: Literal["organisation", "city"] = "organisation"
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        return {heading_key(text): column for column in self.columns for text in column.headings}

    @cached_property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.req)

    @property
    def counts_alone(self) -> bool:
        """Whether a row with a single value is a row, and no note."""
        return len(self.required) <= 1

    @cached_property
    def version(self) -> str:
        """Changes when anything in the contract that decides how a delivery is read changes."""
        columns = {place: _VERSIONLESS | _unused(column) for place, column in enumerate(self.columns)}
        text = self.model_dump_json(exclude=dict.fromkeys(_WORDS, True) | {"columns": columns})
        # what lands in clear lands the same whether it is looked up or not
        hashed = [column.name for column in self.columns if column.looked_up and column.pii]
        return hashlib.sha256("\n".join([text, *hashed]).encode()).hexdigest()[:12]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        headings = [key for column in self.columns for key in {heading_key(text) for text in column.headings}]
        _no_twice(headings, "heading")
        for column in self.columns:
            _no_twice([" ".join(text.casefold().split()).rstrip("*: ") for text in column.headings], "heading")
        if "" in headings:
            raise ValueError("a heading has neither letters nor digits")
        _no_twice([column.slug for column in self.columns], "column (as ASCII)")
        for column in self.columns:
            if column.slug in RESERVED | SQL_WORDS or not column.slug[:1].isalpha():
                raise ValueError(f"column {column.name}: the name is reserved, call it something longer")
        made = {field: column.name for column in self.columns for field in column.made}
        for column in self.columns:
            if column.slug in made:
                raise ValueError(
                    f"column {column.name}: the name is reserved, something of {made[column.slug]} has it"
                )
        names = {column.name for column in self.columns}
        for name in self.key:
            if name not in names:
                raise ValueError(f"the key names the column {name}, which isn't there")
        if not self.key and any(column.protects or column.identifies for column in self.columns):
            raise ValueError("a register of persons needs a key")
        for column in self.columns:
            others = [*column.req_when, *column.open_when]
            if column.ref_by:
                others.append(column.ref_by.column)
            for other in others:
                if other not in names:
                    raise ValueError(f"column {column.name} hangs on {other}, which isn't there")
        return self


def _no_twice(items: list[str], what: str) -> None:
    for item in items:
        if items.count(item) > 1:
            raise ValueError(f"the {what} {item!r} is there twice")


def read_register(path: Path) -> Register:
    """The contract in one file. Raises ContractError with the file's name and the fault."""
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
        columns = [{"name": name, **rest} for name, rest in fields.pop("columns", {}).items()]
        if "named_by" in fields or "left_out_by" in fields:
            raise TypeError("who delivers a register is said in lagesbild.toml")
        return Register.model_validate({"called": path.stem} | fields | {"name": path.stem, "columns": columns})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError, AttributeError, TypeError) as fault:
        raise ContractError(f"{path.name}: {fault}") from fault


def with_late_days(registers: Mapping[str, Register], late_days: Mapping[str, int]) -> dict[str, Register]:
    """The registers with `late_after` as the installation has it; `late_days`: register → days, for some of them."""
    return {
        name: register.model_copy(update={"late_after": late_days.get(name, register.late_after)})
        for name, register in registers.items()
    }


def with_lists(registers: Mapping[str, Register], lists: Mapping[str, Iterable[str]]) -> dict[str, Register]:
    """The registers with `named_by` and `left_out_by` as the installation has them; `lists`: organisation, or the
    city, → the registers that it delivers so far, for those that don't deliver all."""
    return {
        name: register.model_copy(
            update={
                "named_by": tuple(sorted(place for place, listed in lists.items() if name in listed)),
                "left_out_by": tuple(sorted(place for place, listed in lists.items() if name not in listed)),
            }
        )
        for name, register in registers.items()
    }


def with_lookups(registers: Mapping[str, Register], looked_up: Collection[str]) -> dict[str, Register]:
    """The registers with `looked_up` of the columns that sources look up in: `{"personal.E-post", …}`."""
    return {name: _with_lookups(register, looked_up) for name, register in registers.items()}


def _with_lookups(register: Register, looked_up: Collection[str]) -> Register:
    return with_columns(
        register,
        (
            column.model_copy(update={"looked_up": f"{register.name}.{column.name}" in looked_up})
            for column in register.columns
        ),
    )


def without_patterns(register: Register, names: Collection[str]) -> Register:
    """The register for rows in which these columns hold what a row of another register is called, not its code."""
    return with_columns(
        register,
        (
            column.model_copy(update={"pattern": None}) if column.name in names else column
            for column in register.columns
        ),
    )


def with_columns(register: Register, made: Iterable[Column]) -> Register:
    """Made anew: a copy would keep what has been worked out of the old columns."""
    columns = tuple(made)
    return Register(**{name: getattr(register, name) for name in Register.model_fields} | {"columns": columns})


def load_registers(*folders: Path) -> dict[str, Register]:
    """Every contract in the folders by name, in alphabetical order. Raises ContractError, also where two folders have
    one of the same name."""
    return _load(tuple((path, path.read_bytes()) for folder in folders for path in sorted(folder.glob("*.toml"))))


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[Path, bytes], ...]) -> dict[str, Register]:
    """`files`: with their content, so that one that has changed is read anew."""
    registers: dict[str, Register] = {}
    for path, _ in files:
        if path.stem in registers:
            raise ContractError(f"{path.name}: there is a register {path.stem} already")
        registers[path.stem] = read_register(path)
    for register in registers.values():
        for column in register.columns:
            for target in column.targets:
                if target not in registers:
                    raise ContractError(
                        f"{register.name}.toml: column {column.name} refers to {target}, which is no register"
                    )
                if not registers[target].key:
                    raise ContractError(
                        f"{register.name}.toml: column {column.name} refers to {target}, which has no key"
                    )
    return dict(sorted(registers.items()))
