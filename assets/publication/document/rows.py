"""The rows of registers that may enter the document, read through queries that name every column.

The document becomes public, so what isn't named in `sql/report/document_*.sql` can't get in: no unit, person, id,
system or file name. A row is known by its number in the delivery (`row`). Of a recommendation that is secret, or
isn't known to be open, not a word is read: only how many they are.
"""

from dataclasses import dataclass, fields

import duckdb
import polars as pl

from assets.publication.queries import report_query
from assets.registers.contract import CITY

_OF_EVERYBODY = ("events",)
_OF_THE_CITY_TOO = ("deliveries",)


@dataclass(frozen=True)
class Rows:
    """Each table is what `sql/report/document_<field>.sql` gives; columns and grain are said there.

    `events` is the city's and everybody's; the others have the column `organisation`.
    """

    events: pl.DataFrame
    activities: pl.DataFrame
    decisions: pl.DataFrame
    checks: pl.DataFrame
    recommendations: pl.DataFrame
    secret_recommendations: pl.DataFrame
    assessments: pl.DataFrame
    documents: pl.DataFrame
    deliveries: pl.DataFrame

    def is_delivered(self, register: str) -> bool:
        """Whether the register has a delivery in force. Where it has none, its lack of rows says nothing."""
        return register in self.deliveries["register"]


QUERIES = tuple(f"document_{field.name}" for field in fields(Rows))
"""The queries of `sql/report/` that the document reads beside the figures."""


def gather_rows(con: duckdb.DuckDBPyConnection) -> Rows:
    """The rows of all organisations together."""
    return Rows(*(report_query(name).answer(con) for name in QUERIES))


def rows_of(rows: Rows, organisation: str) -> Rows:
    """The organisation's own; for the city none but the events, and which registers have come."""
    own = {field.name: getattr(rows, field.name) for field in fields(Rows)}
    for name, table in own.items():
        if name in _OF_EVERYBODY:
            continue
        mine = table.filter(pl.col("organisation") == organisation)
        own[name] = mine.clear() if organisation == CITY and name not in _OF_THE_CITY_TOO else mine
    return Rows(**own)
