"""What is found of a table: verdicts, one by one and together."""

from dataclasses import dataclass

import polars as pl

from expectations.expectation import CRITICAL

RESULT: dict[str, pl.DataType | type[pl.DataType]] = {
    "organisation": pl.String,
    "table": pl.String,
    "expectation": pl.String,
    "severity": pl.String,
    "ok": pl.Boolean,
    "checked": pl.Int64,
    "unexpected": pl.Int64,
    "explanation": pl.String,
    "reason": pl.String,
    "places": pl.List(pl.String),
}
"""One row per organisation, table and expectation. `organisation`: None where the fault would be the pipeline's own.
`checked`: the organisation's rows in the table. `places`: up to five, `file rad N`, never a protected person's."""


@dataclass(frozen=True)
class TableResult:
    """One table's outcome. `broken`: why it could not be asked, a fault of the pipeline; `kept`: the verdicts are
    those of an earlier night, for suite and input are the same."""

    table: str
    verdicts: pl.DataFrame
    broken: str = ""
    kept: bool = False

    @property
    def fault_of_nobody(self) -> str:
        """What must stop the run: a suite that can't be asked, or a critical fault that is no organisation's."""
        is_critical = ~pl.col("ok") & (pl.col("severity") == CRITICAL)
        mine = self.verdicts.filter(pl.col("organisation").is_null() & is_critical)
        return self.broken or ", ".join(mine["expectation"])
