"""What an output is, and what its writer is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal

import duckdb
import polars as pl

from assets.publication.document.rows import Rows
from assets.publication.narrative import Narrative, narrative_of
from assets.publication.queries import report_query
from assets.publication.report import Report, Tables, report_for
from assets.publication.supply.blank_workbook import blank_workbook
from assets.registers.contract import Register
from assets.settings import Run, Settings

Where = Literal["organisation", "city", "both", "top"]


class Group(StrEnum):
    """The headings of the page's list of downloads, in their order."""

    DOCUMENTS = "Ledningens genomgång"
    FIGURES = "Siffror (CSV för Excel)"
    LISTS = "Listor (CSV för Excel)"
    EVIDENCE = "Underlag och kontroll"


@dataclass(frozen=True)
class Publication:
    """What a run publishes from: its warehouse, open, and the tables of all organisations.

    `validation_page` gives what stands on an organisation's validering.html, as HTML. `registers`: the contracts of
    the run.
    """

    con: duckdb.DuckDBPyConnection
    run: Run
    settings: Settings
    tables: Tables
    document_rows: Rows
    made_at: datetime
    validation_page: Callable[[str], str]
    registers: Mapping[str, Register]
    _workbooks: dict[str, bytes] = field(default_factory=dict)

    def blank_workbook(self, register: str) -> bytes:
        """A register's empty workbook, made once for all organisations."""
        if register not in self._workbooks:
            self._workbooks[register] = blank_workbook(self.registers[register], self.registers)
        return self._workbooks[register]

    def of(self, tables: Tables, document_rows: Rows) -> "Publication":
        """The same with other rows: one organisation's."""
        return replace(self, tables=tables, document_rows=document_rows)


@dataclass
class OrganisationFolder:
    """One organisation's folder while it is written. `path` is where, `before` where its last published one lies.

    Writers leave `remarks` about the document for the coordinator. `failures`: output → why it could not be written,
    as the end of a Swedish sentence. `is_kept`: all but what is told of tonight stays as it was published before.
    """

    publication: Publication
    organisation: str
    path: Path
    before: Path
    remarks: list[str] = field(default_factory=list)
    failures: dict["Output", str] = field(default_factory=dict)
    is_kept: bool = False

    @property
    def run(self) -> Run:
        return self.publication.run

    @property
    def missing(self) -> tuple[str, ...]:
        """The files, and patterns of files, that could not be written so far: no page leads to them."""
        return tuple(pattern for output in self.failures for pattern in output.files)

    @cached_property
    def report(self) -> Report:
        own = self.publication
        return report_for(own.tables, self.organisation, own.run, own.made_at, own.settings.names)

    @cached_property
    def narrative(self) -> Narrative:
        return narrative_of(self.run, self.organisation, self.publication.settings.config)

    @property
    def alerts(self) -> pl.DataFrame | None:
        """larm.csv as it lies in the folder; None where there is none: a review gives no alerts."""
        path = self.path / "larm.csv"
        return pl.read_csv(path, separator=";", infer_schema=False, glob=False) if path.exists() else None


Writer = Callable[[OrganisationFolder], None]


@dataclass(frozen=True, eq=False)
class Output:
    """One kind of published file.

    `name` is its Dagster asset, publication/<name>; `title` begins a Swedish sentence about it. `files`: each file,
    or pattern of files, in the folder → what it is, in the words of the page's list of downloads; a pattern has no
    words. `group`: the heading under which that list has it, None where it isn't listed. `sealed`: whether it lies
    in the package. `queries` are those of `sql/report/` that it shows, `tables` what it copies as it is. `essential`:
    the draft's audit holds it against the tables, so an organisation's folder is nothing without it. `of_tonight`: it
    is written anew also in a folder that otherwise stays as it was published last. Those at the top have no writer:
    `draft` makes them of all folders together.
    """

    name: str
    title: str
    kind: str
    where: Where
    files: Mapping[str, str]
    queries: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    group: Group | None = None
    sealed: bool = False
    essential: bool = False
    of_tonight: bool = False
    write: Writer | None = None

    @property
    def about(self) -> str:
        """What it is, for an engineer: its files and what they hold."""
        return f"{self.title}: {', '.join(self.files)}."

    @property
    def reads(self) -> frozenset[str]:
        """The tables that it stands on, as `schema.table`."""
        return frozenset(self.tables).union(*(report_query(name).reads for name in self.queries))

    def is_for(self, *, city: bool) -> bool:
        """Whether the city, or an organisation, has it."""
        return self.where == "both" or self.where == ("city" if city else "organisation")
