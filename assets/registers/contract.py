"""A register's contract: its columns, headings, types and rules, checked.

The register's name is its inbox stem, its table and its Dagster asset.
"""

import hashlib
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, PositiveInt, model_validator

from assets.registers.column import Column, Frozen, require_distinct
from assets.registers.comparable import heading_key
from assets.registers.sql_words import SQL_WORDS
from assets.settings import DEFAULT_LATE_AFTER_DAYS

CITY = "staden"
"""The inbox folder of the city-level registers, and the name of the roll-up over all organisations."""

ROW_KEY = "row_key"
"""The field that tells the rows of a register without a key apart: their content and their number among equals."""

RESERVED = frozenset({ROW_KEY, "organisation", "delivery", "row", "fault", "text", "masked", "filename", "position"})
"""ASCII names that the machinery gives to columns of its own, beside those of a contract."""


_WORDS = ("about", "called", "holds", "kept_by", "late_after", "left_out_by", "named_by")
_VERSIONLESS = {"expires", "about", "example", "looked_up", "own_words"}
"""What of a register, and of a column, decides nothing of how a delivery is read."""


def _unused(column: Column) -> set[str]:
    """What a column doesn't make use of, of the keys that came after the first deliveries were read: left out of the
    version, so that a contract without them has the version that it had before there were any."""
    return {key for key in ("also_values", "pattern") if not getattr(column, key)}


class Register(Frozen):
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
        require_distinct(headings, "heading")
        for column in self.columns:
            require_distinct([" ".join(text.casefold().split()).rstrip("*: ") for text in column.headings], "heading")
        if "" in headings:
            raise ValueError("a heading has neither letters nor digits")
        require_distinct([column.slug for column in self.columns], "column (as ASCII)")
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
