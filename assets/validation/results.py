"""What validation finds of a table: results, one by one and together."""

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

TEXTS = ("explanation", "reason")
"""The columns that a suite gives and no data changes: kept results go without them."""


@dataclass(frozen=True)
class TableResult:
    """One table's outcome. `results`: as RESULT. `broken`: why it could not be asked, a fault of the pipeline, told
    without any value. `kept`: the results are those of an earlier night, for suite and input are the same."""

    table: str
    results: pl.DataFrame
    broken: str = ""
    kept: bool = False

    @property
    def pipeline_fault(self) -> str:
        """What must stop the run, with the table's name: a suite that can't be asked, or a critical fault that is no
        organisation's. Empty where nothing must."""
        is_critical = ~pl.col("ok") & (pl.col("severity") == CRITICAL.value)
        without_owner = self.results.filter(pl.col("organisation").is_null() & is_critical)
        if without_owner.is_empty():
            return self.broken
        return f"{self.table}: {', '.join(without_owner['expectation'])}"
