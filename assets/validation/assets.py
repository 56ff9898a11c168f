"""Dagster: two checks a table. What must hold, and what should."""

from collections.abc import Callable, Iterator, Sequence

import dagster as dg
import polars as pl

from assets.markdown_table import markdown_table
from assets.settings import Run
from assets.validation.results import TableResult
from expectations.expectation import CRITICAL, WARNING

MUST_HOLD, SHOULD_HOLD = "must_hold", "should_hold"
_PLACES = 5
_HEADINGS = ("kontroll", "allvar", "utfall", "prövade", "avvikande", "platser", "vad det betyder")


def validation_assets(
    tables: Sequence[str], validate: Callable[[Run], Sequence[TableResult]]
) -> list[dg.AssetChecksDefinition]:
    """Returns both checks of every table, asked together in one step. Listing them imports no suite and no Great
    Expectations.

    Dagster's own blocking, and an error, are for faults that belong to no organisation. Whose picture is wrong stands
    in the results that publication reads; here such a check fails and blocks nothing.
    """
    specs = [
        dg.AssetCheckSpec(
            name,
            asset=dg.AssetKey(table.split(".")),
            description=description,
            # what is shown waits for the tables that it is made of; what lies before them is done by then
            blocking=name == MUST_HOLD and table.startswith("marts."),
        )
        for table in tables
        for name, description in (
            (MUST_HOLD, "Where this doesn't hold the picture is wrong."),
            (SHOULD_HOLD, "Where this doesn't hold somebody should look."),
        )
    ]

    @dg.multi_asset_check(name="validation", specs=specs, can_subset=True)
    def validation(
        context: dg.AssetCheckExecutionContext, run: dg.ResourceParam[Run]
    ) -> Iterator[dg.AssetCheckResult]:
        faults = []
        for outcome in validate(run):
            if outcome.pipeline_fault:
                faults.append(outcome.pipeline_fault)
            for result in (_must_hold(outcome), _should_hold(outcome)):
                key = dg.AssetCheckKey(dg.AssetKey(outcome.table.split(".")), result.check_name or "")
                if key in context.op_execution_context.selected_asset_check_keys:
                    yield result
        if faults:
            raise dg.Failure("\n".join(faults), allow_retries=False)

    return [validation]


def _must_hold(outcome: TableResult) -> dg.AssetCheckResult:
    results = outcome.results.filter(pl.col("severity") == CRITICAL.value)
    fault = outcome.pipeline_fault
    return dg.AssetCheckResult(
        asset_key=outcome.table.split("."),
        check_name=MUST_HOLD,
        passed=not fault and bool(results["ok"].all()),
        severity=dg.AssetCheckSeverity.ERROR if fault else dg.AssetCheckSeverity.WARN,
        description=fault or None,
        metadata=_metadata(outcome, results),
    )


def _should_hold(outcome: TableResult) -> dg.AssetCheckResult:
    results = outcome.results.filter(pl.col("severity") != CRITICAL.value)
    warnings = results.filter(pl.col("severity") == WARNING.value)
    return dg.AssetCheckResult(
        asset_key=outcome.table.split("."),
        check_name=SHOULD_HOLD,
        passed=not outcome.broken and bool(warnings["ok"].all()),
        severity=dg.AssetCheckSeverity.WARN,
        metadata=_metadata(outcome, results),
    )


def _metadata(outcome: TableResult, results: pl.DataFrame) -> dict[str, dg.MetadataValue | bool]:
    """A table of every expectation, all organisations together; places, never values."""
    place = (
        pl.when(pl.col("organisation").is_null())
        .then("place")
        .otherwise(pl.col("organisation") + ": " + pl.col("place"))
    )
    lines = results.group_by("expectation", "severity", "explanation", maintain_order=True).agg(
        pl.col("ok").all(),
        pl.col("checked").sum(),
        pl.col("unexpected").sum(),
    )
    places = (
        results.select("expectation", "organisation", place="places")
        .explode("place")
        .drop_nulls("place")
        .group_by("expectation", maintain_order=True)
        .agg(places=place.head(_PLACES))
    )
    rows = lines.join(places, on="expectation", how="left", maintain_order="left").iter_rows(named=True)
    cells = [
        (
            row["expectation"], row["severity"], "godkänd" if row["ok"] else "underkänd", row["checked"],
            row["unexpected"], "; ".join(row["places"] or []), "" if row["ok"] else row["explanation"],
        )
        for row in rows
    ]  # fmt: skip
    return {
        "expectations": dg.MetadataValue.md(markdown_table(_HEADINGS, cells)),
        "unchanged_since_last_night": outcome.kept,
    }
