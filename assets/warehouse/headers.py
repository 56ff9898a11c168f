"""The headers of the SQL models: what a file says of its table, or of its indicator, before its SELECT."""

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from assets.registers.vocabulary import IsoInput, Kind

Area = Literal["Utbildning", "Incidenter", "Klassning", "Registerförteckning", "Styrning"]
AREAS: tuple[str, ...] = get_args(Area)
"""In the catalogue's order, which is also the order of every list of indicators."""

DEFAULT_CHAPTERS = {
    "Utbildning": "2.2.3.2", "Incidenter": "2.2.6", "Klassning": "2.2.3.1", "Registerförteckning": "2.2.5",
    "Styrning": "3",
}  # fmt: skip
"""Where the document tells an indicator of an installation's own that doesn't say it, by its area."""

DEFAULT_MEND = "Åtgärda det som orsaken nämner, och rätta uppgiften där den registreras."
"""How a gap is mended, of an indicator of an installation's own that doesn't say it."""


class _Header(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TableHeader(_Header):
    """The header of a core table or mart. `about`: what one row is, then the passage that the SQL encodes.
    `grain`: the columns that tell two rows apart, where NULL counts as a value like any other; a table of an
    installation's own may leave it out, and isn't checked for it then."""

    about: str
    grain: tuple[str, ...] = ()


class Sentence(_Header):
    """How an indicator's figure is put into a Swedish sentence.

    `one`/`many`: what is counted. `does_one`/`does_many`: what is said of those in order, or of those counted; the
    second is the first where it is left out. `none`: the word for none of them, by gender. `alone_yes`/`alone_no`:
    the whole sentence where there is but one and it is, or isn't, in order.
    """

    one: str
    many: str
    does_one: str
    does_many: str
    none: Literal["Ingen", "Inget"] = "Ingen"
    alone_yes: str = ""
    alone_no: str = ""

    @model_validator(mode="before")
    @classmethod
    def _does_the_same(cls, fields: object) -> object:
        if isinstance(fields, dict) and "does_one" in fields:
            return {"does_many": fields["does_one"]} | fields
        return fields


Items = int | str
"""How many items a row reaches at most: a number, a measure of core.reach, or ANY."""
ANY = "any"


class Reach(_Header):
    """What a row more, or less, of a register can do to an indicator's items (docs/spec/indicators.md, Bounds).

    Register → how many items one row reaches at most. `makes`: the row is the items, under its own key. `decides`: a
    row more can only put items in order. `demands`: it can only put them out of order. `alters`: it may add, remove
    or turn items either way. A register that the indicator needs and that stands in none alters any number.
    """

    makes: dict[str, Items] = Field(default_factory=dict)
    decides: dict[str, Items] = Field(default_factory=dict)
    demands: dict[str, Items] = Field(default_factory=dict)
    alters: dict[str, Items] = Field(default_factory=dict)

    def of(self, register: str) -> tuple[str, Items]:
        """What a row of the register does, and to how many items at most."""
        found = ((effect, registers[register]) for effect, registers in self if register in registers)
        return next(found, ("alters", ANY))

    @property
    def registers(self) -> list[str]:
        return [register for _, registers in self for register in registers]


class IndicatorHeader(_Header):
    """The header of an indicator: its line in the catalogue (docs/spec/indicators.md).

    `target` is a percentage for a share, the minimum for a count, 0 for an open one.
    `gaps = false`: what is not ok is no gap, so there is no gap list. `chapter`: where in the document its figure is
    told. `iso`: the inputs of ISO/IEC 27001:2022 9.3.2 that it serves. `mend`: *Så åtgärdas det*, what whoever has a
    gap is to do about it, and where it is registered. An indicator of an installation's own may leave out chapter,
    inputs, sentence and mend: it is told in its area's chapter, under its title, as a measurement (d2), and its gaps
    are mended by DEFAULT_MEND.
    """

    title: str
    title_en: str
    area: Area
    kind: Kind
    target: int | None = None
    law: bool = False
    first_day: date | None = None
    needs: tuple[str, ...] = ()
    gaps: bool = True
    motive: str
    question: str
    mend: Annotated[str, AfterValidator(lambda words: " ".join(words.split()))] = DEFAULT_MEND
    chapter: Annotated[str, Field(pattern=r"^[1-9](\.[1-9])*$")]
    iso: Annotated[tuple[IsoInput, ...], Field(min_length=1)] = (IsoInput.MEASUREMENT,)
    sentence: Sentence | None = None
    reach: Reach = Reach()

    @model_validator(mode="before")
    @classmethod
    def _with_default_chapter(cls, fields: object) -> object:
        if isinstance(fields, dict) and fields.get("area") in DEFAULT_CHAPTERS:
            return {"chapter": DEFAULT_CHAPTERS[fields["area"]]} | fields
        return fields

    @model_validator(mode="after")
    def _hangs_together(self) -> "IndicatorHeader":
        if self.kind == Kind.OPEN and self.target != 0:
            raise ValueError("an open indicator's target is 0")
        if self.law and self.target is None:
            raise ValueError("a law without a target")
        for register in self.reach.registers:
            if register not in self.needs or self.reach.registers.count(register) > 1:
                raise ValueError(f"reach: {register} is not needed, or stands there twice")
        return self

    @property
    def has_gap_list(self) -> bool:
        return self.kind != Kind.COUNT and self.gaps
