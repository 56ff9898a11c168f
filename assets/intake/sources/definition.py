"""What a source file may say (docs/spec/sources.md, A source file): its shape, without regard to the contracts.

Keys are English; the columns and values that they name are spelled as contract and source spell them.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator

from assets.intake.fetching.definition import Fetch
from assets.intake.sources.column_mapping import ColumnMapping, as_mapping, compiled
from assets.intake.sources.model import Frozen, Texts

META = ("row", "sheet", "file", "delivered")
"""What stands beside the source's own columns in its raw table."""
Filled = Annotated[str, Field(min_length=1)]
"""A text that says something."""


class ReadOptions(Frozen):
    """How the rows are found, where the reader doesn't find them by itself.

    `sheets`: the sheets of a workbook that are read, or "all" that have the heading row. `heading_row`: the row of
    the headings as a spreadsheet counts, or of their last row. `heading_rows`: two-row headings are joined by " / ",
    the upper one filled to the right. `fill_down`: columns whose empty cell means "as above". `records`: the dotted
    path to the list of records of a JSON file. `where`: an SQL condition on a row of the source.
    """

    sheets: tuple[str, ...] | Literal["all"] | None = None
    heading_row: int | None = Field(default=None, ge=1, le=30)
    heading_rows: Literal[1, 2] = 1
    fill_down: tuple[Filled, ...] = ()
    records: Filled | None = None
    where: str | None = None

    @field_validator("sheets", mode="before")
    @classmethod
    def _are_sheets(cls, sheets: object) -> object:
        if sheets == [] or (sheets != "all" and not isinstance(sheets, list | tuple | None)):
            raise ValueError('ange bladen i en lista, som ["2026"], eller "all"')
        return sheets

    @property
    def several_sheets(self) -> bool:
        """Whether the rows may come from several sheets, so that each must say from which."""
        return self.sheets == "all" or (self.sheets is not None and len(self.sheets) > 1)


class OrganisationColumn(Frozen):
    """One file of several organisations: the column that names them, its words → folders, what becomes of others."""

    column: Filled
    values: Mapping[str, str] = Field(min_length=1)
    others: Literal["refuse", "ignore"] = "refuse"

    @property
    def folders(self) -> tuple[str, ...]:
        """The organisations that are named, each once."""
        return tuple(dict.fromkeys(self.values.values()))


class Source(Frozen):
    """One source: which files, which register, and how its rows become the register's.

    `files`: globs on a file's own name, each a sequence of deliveries of its own. `folders` (key `in`): inbox folders
    in which they come; none: any. `date`: a pattern with the groups year, month and day for a file's name. `absent`:
    contract columns that the system doesn't have. `ignore`: headings that are known and not wanted. `sql`: the text
    of `<name>.sql` beside the source file. `hashed`: columns whose texts may only go on as keyed hashes, because what
    they are looked up in is personal data. The last two and `name` are no keys of the file: `load` sets them.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    register_name: str = Field(alias="register")
    files: Annotated[Texts, Field(min_length=1)]
    folders: Texts = Field(default=(), alias="in")
    date: str | None = None
    absent: tuple[str, ...] = ()
    ignore: tuple[Filled, ...] = ()
    read: ReadOptions = ReadOptions()
    columns: Mapping[str, Annotated[ColumnMapping, BeforeValidator(as_mapping)]] = Field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    organisation: OrganisationColumn | None = None
    fetch: Fetch | None = None
    sql: str | None = None
    hashed: tuple[str, ...] = ()

    @field_validator("files")
    @classmethod
    def _are_names(cls, files: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in files:
            if not pattern or "/" in pattern:
                raise ValueError(f"{pattern or 'ett tomt namn'} passar ingen fil: ange filens eget namn, utan mapp")
        return files

    @field_validator("date")
    @classmethod
    def _names_a_day(cls, pattern: str | None) -> str | None:
        if pattern is not None and {"year", "month", "day"} - compiled(pattern).groupindex.keys():
            raise ValueError("mönstret behöver grupperna year, month och day")
        return pattern

    @cached_property
    def version(self) -> str:
        """Changes when anything that decides how the source's files are read changes: not when they are fetched."""
        text = self.model_dump_json(exclude={"fetch", "folders", "files", "date"}, by_alias=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Every heading of the source that its file names, in order, once."""
        named = [heading for mapping in self.columns.values() for heading in mapping.headings]
        named += [*self.read.fill_down, *self.ignore]
        if self.organisation:
            named.append(self.organisation.column)
        return tuple(dict.fromkeys(named))

    def reading(self, file: str, delivered: str, organisation: str) -> str:
        """What beside the bytes and the contract decides the rows of a delivery: the mapping, and of what else it
        asks. `delivered`: the delivery's day as ISO text; `organisation`: whose rows they are."""
        query_text = " ".join(text for text in (self.read.where, self.sql, *self.headings) if text)
        parts = [self.version]
        if any(mapping.file for mapping in self.columns.values()) or re.search(
            r"\bfile\b", query_text, re.IGNORECASE
        ):
            parts.append(f"file={file}")
        if re.search(r"\bdelivered\b", query_text, re.IGNORECASE):
            parts.append(f"delivered={delivered}")
        if self.organisation:
            parts.append(f"organisation={organisation}")
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
