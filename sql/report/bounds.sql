/*
about = """What each figure is, and the lowest and the highest that it could be, with what is not known of its registers.
osakerhet.csv (docs/spec/interfaces.md, Out)."""
grain = ["organisation", "indicator"]
columns = [
    "indicator", "organisation", "as_of", "value", "lowest", "highest", "not_measured", "quarantined",
    "unmatched",
]
*/
select
    bound.organisation,
    bound.indicator,
    review.as_of,
    bound.value,
    bound.lowest,
    bound.highest,
    if(indicator.kind = 'share', '%', 'antal') as measure,
    bound.not_measured,
    bound.quarantined,
    bound.unmatched
from marts.bounds as bound
inner join catalogue.indicators as indicator
    on indicator.indicator = bound.indicator
cross join core.review as review
order by indicator.position, bound.organisation
