"""The queries behind what is published: one file of `sql/report/` for each list, sheet or chapter.

A file's header says its grain and the Swedish headings of its columns. Which tables an output stands on follows from
the queries that it names (`ReportQuery.reads`) and is stated nowhere else.
"""

from functools import cache
from pathlib import Path

import duckdb
import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from assets.sql_files import Place, SqlFile, naming_query, read_sql_file

FOLDER = Path(__file__).parents[2] / "sql" / "report"


class ReportHeader(BaseModel):
    """The header of a report's query.

    `grain`: the columns that tell its rows apart. `headings`: column → its heading in what people read, in the file's
    order; columns without one are for the pages and the document. `not_in_file`: of these the ones that stand on the
    workbook's sheet and not in the CSV file. `on_sheets`: column → the plainer heading that it has there; the file's
    own is a contract (docs/spec/interfaces.md).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    grain: tuple[str, ...] = Field(min_length=1)
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
    header = ReportHeader.model_validate(file.header)
    return ReportQuery(name=name, header=header, query=file.query, reads=file.reads, place=file.place)
