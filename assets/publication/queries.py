"""The queries behind what is published: one file of `sql/report/` for each list, sheet or chapter.

A file's header says its grain and its columns, `headings.toml` what each is called in Swedish. Which tables an output
stands on follows from the queries that it names (`ReportQuery.reads`) and is stated nowhere else.
"""

import tomllib
from functools import cache
from pathlib import Path

import duckdb
import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from assets.sql_files import Place, SqlFile, SqlFileError, naming_query, read_sql_file

FOLDER = Path(__file__).parents[2] / "sql" / "report"


class ReportHeader(BaseModel):
    """The header of a report's query, with the words of `sql/report/headings.toml`.

    `grain`: the columns that tell its rows apart. `columns`: those that people read, in the file's order; the others
    are for the pages and the document. `headings`: what each is called; a header says it of the columns alone that
    have another name than elsewhere. `not_in_file`: the columns that stand on the workbook's sheet and not in the CSV
    file. `on_sheets`: column → the plainer heading that it has there; the file's own is a contract
    (docs/spec/interfaces.md).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    grain: tuple[str, ...] = Field(min_length=1)
    columns: tuple[str, ...] = ()
    headings: dict[str, str] = Field(default_factory=dict)
    not_in_file: tuple[str, ...] = ()
    on_sheets: dict[str, str] = Field(default_factory=dict)


class ReportQuery(BaseModel):
    """One file of `sql/report/`. `reads`: the tables in its query, as `schema.table`."""

    model_config = ConfigDict(frozen=True)

    name: str
    header: ReportHeader
    query: str
    reads: frozenset[str]
    place: Place

    def answer(self, con: duckdb.DuckDBPyConnection, **parameters: object) -> pl.DataFrame:
        """What it gives. Raises StepFailed, which names it."""
        with naming_query(f"report.{self.name}", self.place):
            return pl.DataFrame(con.sql(self.query, params=parameters or None))

    def for_file(self, table: pl.DataFrame) -> pl.DataFrame:
        """The table as its CSV file shows it: the columns that have a heading, under it, in the file's order."""
        return _headed(table, {c: h for c, h in self.header.headings.items() if c not in self.header.not_in_file})

    def for_sheet(self, table: pl.DataFrame) -> pl.DataFrame:
        """The table as the workbook and the pages show it: with the columns that the file leaves out."""
        return _headed(table, self.header.headings | self.header.on_sheets)


def _headed(table: pl.DataFrame, headings: dict[str, str]) -> pl.DataFrame:
    return table.select(pl.col(column).alias(heading) for column, heading in headings.items())


@cache
def report_query(name: str) -> ReportQuery:
    """The query `sql/report/<name>.sql`. Raises SqlFileError, or pydantic's ValidationError for its header."""
    file: SqlFile = read_sql_file(FOLDER / f"{name}.sql")
    header = _with_words(ReportHeader.model_validate(file.header), file.path.name)
    return ReportQuery(name=name, header=header, query=file.query, reads=file.reads, place=file.place)


def _with_words(header: ReportHeader, file: str) -> ReportHeader:
    """The header with a heading for each column. Raises SqlFileError where one has none, or one has it that no reader
    sees."""
    words = _vocabulary()
    if lacking := set(header.columns) - header.headings.keys() - words["headings"].keys():
        raise SqlFileError(f"{file}: no heading for {', '.join(sorted(lacking))}; say it in headings.toml")
    if unseen := header.headings.keys() - set(header.columns):
        raise SqlFileError(f"{file}: headings for {', '.join(sorted(unseen))}, which columns doesn't name")
    headings = {column: header.headings.get(column) or words["headings"][column] for column in header.columns}
    own = header.headings.keys()
    plainer = {
        column: text for column, text in words["on_sheets"].items() if column in headings and column not in own
    }
    return header.model_copy(update={"headings": headings, "on_sheets": plainer | header.on_sheets})


@cache
def _vocabulary() -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / "headings.toml").read_text(encoding="utf-8"))
