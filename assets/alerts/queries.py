"""The kinds of alert: one query in `sql/alerts/` finds all alerts of one kind.

A query yields `organisation` and `text`, and what it has of `severity` (where it isn't the header's), `unit`,
`register`, `indicator` and `key` (what tells an alert apart from others of the same organisation, kind, register and
indicator). The file's place is all that registers it.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assets.alerts.vocabulary import Kind, Severity
from assets.sql_files import Place, SqlFileError, read_sql_file

COLUMNS = ("organisation", "severity", "unit", "register", "indicator", "key", "text")
"""What a query may yield, all of it text."""


class AlertQuery(BaseModel):
    """One file of `sql/alerts/`: its header, its query and the tables that the query reads.

    `about`: the grain, and the source of the rule. `severity`: of alerts of which the query doesn't say another.
    `when_blocked`: what an organisation's alerts of this kind are worth on a night on which its validation blocks
    it. "believe": as on any night. "keep open": new ones count, but that one isn't found doesn't end it. "hide":
    new ones don't count either, for the figures that they are of aren't published.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    kind: Kind
    severity: Severity
    when_blocked: Literal["believe", "keep open", "hide"] = "believe"
    query: str
    reads: frozenset[str]
    place: Place


@lru_cache(maxsize=8)
def load_queries(folder: Path) -> Mapping[str, AlertQuery]:
    """File name without ending → query, in order of name. Raises SqlFileError."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.sql"))}


def _read(path: Path) -> AlertQuery:
    file = read_sql_file(path)
    try:
        return AlertQuery.model_validate(
            file.header | {"query": file.query, "reads": file.reads, "place": file.place}
        )
    except ValidationError as fault:
        raise SqlFileError(f"{path.name}: {fault}") from fault
