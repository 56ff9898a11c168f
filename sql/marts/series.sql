/*
about = """One row per indicator, place (organisation, or `staden`), review date and kind of run: the curve of the
figure. The earlier ones as the history holds them (every night of five weeks, then one a month, and the reviews,
for three years), this run's own last. `night` tells a night's figure from a review's; a date may have both."""
grain = ["as_of", "night", "indicator", "organisation"]
*/
select
    earlier.as_of,
    earlier.night,
    earlier.indicator,
    earlier.organisation,
    earlier.numerator,
    earlier.denominator,
    earlier.value,
    earlier.state,
    earlier.reason
from history.series as earlier
semi join marts.indicator_values as value
    on value.indicator = earlier.indicator
    and value.organisation = earlier.organisation
union all by name
select
    review.as_of,
    review.nightly as night,
    value.indicator,
    value.organisation,
    value.numerator,
    value.denominator,
    value.value,
    value.state,
    value.reason
from marts.indicator_values as value
cross join core.review as review
where value.level != 'unit'
