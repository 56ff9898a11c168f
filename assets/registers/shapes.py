"""The shapes of the tables that two wings share: one statement gives the DuckDB table and the Polars schema.

What one wing alone makes and reads is shaped there. The tables made of models have the shape that their SQL gives
them; a register's is in `landed`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

TEXT, DAY, NUMBER, FLAG, LIST = "VARCHAR", "DATE", "BIGINT", "BOOLEAN", "VARCHAR[]"
LOOKUPS = 'STRUCT("column" VARCHAR, "target" VARCHAR)[]'
NEAR_HEADINGS = 'STRUCT("row" BIGINT, "text" VARCHAR, meant VARCHAR)[]'
ROW = "INTEGER"
"""The type of a row's place in its file."""
VALUE = "DECIMAL(18, 1)"
"""The type of a figure's value: a percentage with one decimal, or a count."""

_POLARS: dict[str, pl.DataType] = {
    TEXT: pl.String(), DAY: pl.Date(), NUMBER: pl.Int64(), FLAG: pl.Boolean(), LIST: pl.List(pl.String()),
    LOOKUPS: pl.List(pl.Struct({"column": pl.String(), "target": pl.String()})),
    NEAR_HEADINGS: pl.List(pl.Struct({"row": pl.Int64(), "text": pl.String(), "meant": pl.String()})),
    ROW: pl.Int32(), VALUE: pl.Decimal(18, 1), "UINTEGER": pl.UInt32(),
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """A table's name as `schema.table` and its columns, name → DuckDB type."""

    table: str
    columns: Mapping[str, str]

    @property
    def ddl(self) -> str:
        """The statement that creates the table, empty."""
        columns = ", ".join(f'"{name}" {kind}' for name, kind in self.columns.items())
        return f"CREATE TABLE {self.table} ({columns})"

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The same columns as a Polars schema."""
        return {name: _POLARS[kind] for name, kind in self.columns.items()}


_REGISTER = {"organisation": TEXT, "register": TEXT}
_FILE = _REGISTER | {"delivery": TEXT}
_CELL = _FILE | {"row": ROW, "column": TEXT}
_FIGURE = {"numerator": NUMBER, "denominator": NUMBER, "value": VALUE, "state": TEXT, "reason": TEXT}

ORGANISATIONS = Shape("intake.organisations", {"organisation": TEXT})
"""One row per organisation, the city not among them."""

REGISTERS = Shape(
    "intake.registers",
    {
        "register": TEXT, "level": TEXT, "protects": FLAG, "called": TEXT, "late_after": NUMBER, "named_by": LIST,
        "left_out_by": LIST,
    },
)  # fmt: skip
"""One row per contract: whether it marks protected persons, what it is called in a sentence (definite form), and
after how many days its newest delivery in force is late, in this installation; and which organisations' lists of
what they deliver so far name it, or leave it out."""

DELIVERIES = Shape(
    "intake.deliveries",
    _REGISTER
    | {
        "name": TEXT, "sha256": TEXT, "delivered": DAY, "confirmed": DAY, "read": NUMBER, "loaded": NUMBER,
        "quarantined": NUMBER, "duplicates": NUMBER, "dropped_cells": NUMBER, "notes": NUMBER,
        "unknown_columns": NUMBER, "missing_columns": NUMBER, "status": TEXT, "reason": TEXT, "folder": TEXT,
        "position": "UINTEGER", "source": TEXT, "mapping": TEXT, "lookups": LOOKUPS, "absent": LIST,
        "other_rows": NUMBER, "other_organisations": NUMBER, "near_headings": NEAR_HEADINGS,
        "dropped_characters": NUMBER,
    },
)  # fmt: skip
"""One row per file seen, and per register without any, as it stands for K. `confirmed`: the newest date on which its
content came again. `folder`: where the reading of one that holds or held lies in the archive. `position`: its place
in time, oldest first. `dropped_characters`: how many were left out since no document can hold them. Of one that a
source claims (docs/spec/sources.md): the `source`, the hash of the `mapping` that it was read by, its `lookups` (a
column of the contract → the `register.Column` in which its texts are looked up), the columns of the contract that are
`absent`: its source lacks them, and they were not there; and how many rows were passed over because they are not this
register's (`other_rows`) or of organisations that the source doesn't name (`other_organisations`). Of one that is
refused for its headings `near_headings` (intake/near_headings.py)."""

COVERAGE = Shape("intake.coverage", _REGISTER | {"confirmed": DAY})
"""One row per organisation and register with a delivery in force, the city's registers under every organisation;
`confirmed` is the newest date on which it came or was confirmed."""

MISSING_COLUMNS = Shape("intake.missing_columns", _FILE | {"column": TEXT})
"""One row per optional column that a delivery in force came without."""

FAULTS = Shape("intake.faults", _CELL | {"value": TEXT, "rule": TEXT, "effect": TEXT, "source_heading": TEXT})
"""One row per cell and rule that it breaks, of the deliveries in force. `source_heading`: the source's own heading
over the cell, where a source reads the file and it stands under one."""

SHARED_ROWS = Shape("intake.shared_rows", _FILE | {"row": ROW, "records": NUMBER})
"""One row per row of a file, of the deliveries in force, of which a source's SQL has made several records that keep
the contract, with how many: what is said of the row may be said of any of them."""

REJECTED = Shape("intake.rejected", _FILE | {"row": ROW, "key": LIST})
"""One row per row in quarantine, of the deliveries in force, with the texts of its key columns."""

PROTECTED = Shape("intake.protected", _FILE | {"key": TEXT})
"""One row per row read that is marked as protected, of every delivery known by K."""

PERSONAL_NUMBERS = Shape("intake.personal_numbers", _CELL)
"""One row per cell in which a personal number stands that has no business there, of the deliveries in force."""

CONTESTED = Shape("intake.contested", _FILE | {"row": ROW})
"""One row per row in quarantine whose key may be that of a loaded row, or can't be read, and per loaded row whose key
has a reference to nothing: in order, it could take another row's place."""

LINKS = Shape("intake.links", _REGISTER | {"key": TEXT, "delivery": TEXT, "row": ROW, "column": TEXT, "value": TEXT,
                                           "target": TEXT})  # fmt: skip
"""One row per reference that a row of a snapshot makes; `key` is that row's own. None from or to persons."""

UNMATCHED = Shape("intake.unmatched", _CELL | {"value": TEXT, "target": TEXT})
"""One row per reference to a key that the register in `target` lacks, of the deliveries in force."""

DOUBLES = Shape("intake.doubles", _FILE | {"row": ROW, "key": LIST, "holds_in": TEXT})
"""One row per row in force whose key another source has too, in a later delivery: that one, of the file `holds_in`,
holds in its place. `key`: the values of its key columns, a datetime's day."""

FETCHES = Shape("intake.fetches", _REGISTER | {"source": TEXT, "tried": DAY, "reached": DAY, "fault": TEXT})
"""One row per source that is fetched from another system, whose its files are: the days on which it was last tried,
and last went well, and why it didn't, in Swedish clauses. Of a night; a review has none."""

DRIFT = Shape("intake.drift", _FILE | {"source": TEXT, "seen": DAY, "heading": TEXT, "column": TEXT, "words": NUMBER})
"""One row per `heading` that a source has never had before and that nothing maps, and per `column` of the contract
with how many such `words`, of its newest deliveries (`intake.drift`). `seen`: the day from which they are known;
`delivery`: the file."""

INTAKE = (
    FETCHES, DRIFT, ORGANISATIONS, REGISTERS, DELIVERIES, COVERAGE, MISSING_COLUMNS, FAULTS, SHARED_ROWS, REJECTED,
    CONTESTED, PROTECTED, PERSONAL_NUMBERS, LINKS, UNMATCHED, DOUBLES,
)  # fmt: skip
"""All tables that tell how the registers' rows came to be."""

DAYS_OFF = Shape("calendar.days_off", {"day": DAY, "name": TEXT, "eve": FLAG})
"""One row per public holiday in Sweden, and per eve that moves a limit as one does (lag 1930:173, 2 §)."""

ITEM = {
    "organisation": (TEXT, None),
    "unit": (TEXT, "NULL"),
    "key": (TEXT, None),
    "label": (TEXT, "NULL"),
    "ok": (FLAG, "true"),
    "numerator": (NUMBER, "CAST(ok AS INTEGER)"),
    "denominator": (NUMBER, "1"),
    "measured": (FLAG, "true"),
    "protected": (FLAG, "false"),
    "reason": (TEXT, "NULL"),
    "delivery": (TEXT, "NULL"),
    "row": (ROW, "NULL"),
}
"""What an indicator's query yields: column → its type, and what stands where the query leaves it out.

One row per item in scope. A row with an `obstacle` is no item: it says why the question can't be asked
of that organisation.
"""

ITEMS = Shape("catalogue.items", {"indicator": TEXT} | {name: kind for name, (kind, _) in ITEM.items()})
"""One row per indicator, organisation and item in scope."""

OBSTACLES = Shape("catalogue.obstacles", {"indicator": TEXT, "organisation": TEXT, "obstacle": TEXT})
"""One row per reason why an indicator can't be asked of an organisation."""

SOURCES = Shape("catalogue.sources", {"indicator": TEXT, "register": TEXT})
"""One row per indicator and register that its items stand on, near and far."""

INDICATORS = Shape(
    "catalogue.indicators",
    {
        "position": ROW, "indicator": TEXT, "title": TEXT, "title_en": TEXT, "area": TEXT, "kind": TEXT,
        "target": ROW, "law": FLAG, "first_day": DAY, "needs": LIST, "gap_list": FLAG, "motive": TEXT,
        "question": TEXT, "mend": TEXT, "query": TEXT, "chapter": TEXT, "iso": LIST, "sentence": TEXT,
        "off": TEXT, "setting": TEXT,
    },
)  # fmt: skip
"""One row per indicator, as its header tells it. `mend`: how a gap is mended. `sentence`: the fields of
`warehouse.headers.Sentence` as JSON. `off`: why it isn't asked in this installation, NULL where it is; `setting`:
what the installation has chosen of it (`warehouse.choices.Choice.setting`) as JSON, NULL where nothing."""

REACH = Shape(
    "catalogue.reach", {"indicator": TEXT, "register": TEXT, "effect": TEXT, "items": NUMBER, "measure": TEXT}
)
"""One row per indicator and register that it needs: what one row of the register does to its items (`effect`, a field
of `warehouse.headers.Reach`), and to how many at most: `items`, or as many as the `measure` of core.reach says; with
both NULL to any number."""

DECIDING_COLUMNS = Shape(
    "catalogue.deciding_columns", {"indicator": TEXT, "register": TEXT, "column": TEXT, "place": ROW}
)
"""One row per indicator and column, by its name in the contract and its place there, of a register that it needs,
whose cells its figure hangs on."""

CATALOGUE = (INDICATORS, SOURCES, ITEMS, OBSTACLES, REACH, DECIDING_COLUMNS)
"""What is made of all indicators together."""

FIGURES = Shape(
    "history.figures",
    {"as_of": DAY, "known_at": DAY, "indicator": TEXT, "organisation": TEXT, "unit": TEXT}
    | _FIGURE
    | {"not_measured": NUMBER},
)
"""One row per figure of a run, as a file of the history keeps it."""

GAPS = Shape(
    "history.gaps",
    {
        "id": TEXT, "indicator": TEXT, "organisation": TEXT, "unit": TEXT, "key": TEXT, "label": TEXT,
        "reason": TEXT, "first_seen": DAY, "opened": DAY, "last_seen": DAY, "closed": DAY, "delivery": TEXT,
        "row": ROW,
    },
)  # fmt: skip
"""One row per gap as the last night left it (sql/marts/gap_lifecycle.sql)."""

SERIES = Shape(
    "history.series",
    {"as_of": DAY, "known_at": DAY, "night": FLAG, "indicator": TEXT, "organisation": TEXT} | _FIGURE,
)
"""One row per indicator, place and earlier run that the curve shows; `night` tells a night's from a review's. A day
has at most one of each."""

HISTORY = (FIGURES, GAPS, SERIES)
"""What earlier runs left for this one."""

BLOCKED = Shape("validation.blocked", {"organisation": TEXT})
"""One row per organisation that a critical check has failed for: its figures are not published."""

RESULTS = Shape(
    "validation.results",
    {
        "organisation": TEXT, "table": TEXT, "expectation": TEXT, "severity": TEXT, "ok": FLAG, "checked": NUMBER,
        "unexpected": NUMBER, "explanation": TEXT, "reason": TEXT, "places": LIST,
    },
)  # fmt: skip
"""One row per organisation, table and expectation. `organisation`: NULL where the fault would be the pipeline's own.
`checked`: the organisation's rows in the table. `places`: up to five, `file rad N`, never a protected person's."""
