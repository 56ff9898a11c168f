"""One column of a register: what a contract says of it, checked."""

from collections.abc import Mapping
from functools import cached_property
from math import isfinite
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assets.registers.comparable import folded, slug
from assets.registers.pattern import full_match, portable

Type = Literal["text", "code", "date", "datetime", "int", "number", "bool", "enum", "list"]

NUMBER_DIGITS, NUMBER_DECIMALS = 18, 6
"""What a number with decimals holds: so many digits, of which so many are decimals; further ones are rounded."""


class Frozen(BaseModel):
    """What a contract is made of: never changed, and without a key that it doesn't know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ReferenceBy(Frozen):
    """A reference whose target register depends on the value of another column of the row."""

    column: str
    registers: Mapping[str, str]


class Column(Frozen):
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
        require_distinct([folded(word) for word in spellings], f"value of column {self.name},")

    def _has_fitting_pattern(self, pattern: str) -> None:
        if self.type not in ("code", "text") or self.filled or self.open_when:
            raise ValueError(
                f"column {self.name}: only a code, or a text that is neither filled nor secret, has a pattern"
            )
        try:
            portable(pattern)
        except ValueError as fault:
            raise ValueError(f"column {self.name}: {fault}") from None
        if self.example and not full_match(self.example, pattern):
            raise ValueError(f"column {self.name}: the example {self.example} doesn't fit the pattern {pattern}")


def require_distinct(items: list[str], what: str) -> None:
    """Raises ValueError where one of the items is there twice."""
    for item in items:
        if items.count(item) > 1:
            raise ValueError(f"the {what} {item!r} is there twice")
