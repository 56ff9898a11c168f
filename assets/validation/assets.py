"""Dagster: two checks a table. What must hold, and what should."""

from collections.abc import Callable, Iterator, Sequence

import dagster as dg

from assets.settings import Run
from assets.validation.by_expectation import Line, as_markdown, lines_by_table
from assets.validation.results import TableResult
from expectations.expectation import CRITICAL, WARNING

MUST_HOLD, SHOULD_HOLD = "must_hold", "should_hold"


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
        outcomes, faults = validate(run), []
        lines = lines_by_table(outcomes)
        for outcome in outcomes:
            fault, own = outcome.pipeline_fault, lines.get(outcome.table, [])
            if fault:
                faults.append(fault)
            for result in (_must_hold(outcome, fault, own), _should_hold(outcome, own)):
                key = dg.AssetCheckKey(dg.AssetKey(outcome.table.split(".")), result.check_name or "")
                if key in context.op_execution_context.selected_asset_check_keys:
                    yield result
        if faults:
            raise dg.Failure("\n".join(faults), allow_retries=False)

    return [validation]


def _must_hold(outcome: TableResult, fault: str, lines: Sequence[Line]) -> dg.AssetCheckResult:
    critical = [line for line in lines if line.severity == CRITICAL.value]
    return dg.AssetCheckResult(
        asset_key=outcome.table.split("."),
        check_name=MUST_HOLD,
        passed=not fault and all(line.ok for line in critical),
        severity=dg.AssetCheckSeverity.ERROR if fault else dg.AssetCheckSeverity.WARN,
        description=fault or None,
        metadata=_metadata(outcome, critical),
    )


def _should_hold(outcome: TableResult, lines: Sequence[Line]) -> dg.AssetCheckResult:
    others = [line for line in lines if line.severity != CRITICAL.value]
    return dg.AssetCheckResult(
        asset_key=outcome.table.split("."),
        check_name=SHOULD_HOLD,
        passed=not outcome.broken and all(line.ok for line in others if line.severity == WARNING.value),
        severity=dg.AssetCheckSeverity.WARN,
        metadata=_metadata(outcome, others),
    )


def _metadata(outcome: TableResult, lines: Sequence[Line]) -> dict[str, dg.MetadataValue | bool]:
    return {
        "expectations": dg.MetadataValue.md(as_markdown(lines)),
        "unchanged_since_last_night": outcome.kept,
    }
