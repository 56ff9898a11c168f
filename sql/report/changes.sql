/*
about = """What every figure was in the last night and in the last review before B; `changed` where it differs."""
grain = ["organisation", "indicator", "since"]
*/
select
    change.organisation,
    change.indicator,
    change.since,
    change.before,
    change.value_before,
    change.state_before,
    change.numerator_before,
    change.denominator_before,
    change.value,
    change.state,
    change.numerator,
    change.denominator,
    change.changed
from marts.changes as change
order by change.organisation, change.since, change.indicator
