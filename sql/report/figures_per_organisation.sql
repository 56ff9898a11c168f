/*
about = """Every organisation's figures as the city sees them: but for those of one that validation has blocked, which
the city's own figures leave out too. `owner` is the city. indikatorer_per_organisation.csv (docs/spec/interfaces.md,
Out)."""
grain = ["organisation", "indicator"]
columns = [
    "indicator", "title", "area", "organisation", "as_of", "numerator", "denominator", "value", "measure",
    "target", "state", "reason", "not_measured", "previous", "source_date",
]
*/
select
    'staden' as owner,
    value.organisation,
    value.indicator,
    indicator.title,
    indicator.area,
    review.as_of,
    value.numerator,
    value.denominator,
    value.value,
    if(indicator.kind = 'share', '%', 'antal') as measure,
    indicator.target,
    value.state,
    value.reason,
    value.not_measured,
    value.previous,
    value.source_date,
    indicator.first_day,
    value.reason_code,
    value.concerns
from marts.indicator_values as value
inner join catalogue.indicators as indicator
    on indicator.indicator = value.indicator
anti join validation.blocked as blocked
    on blocked.organisation = value.organisation
cross join core.review as review
where value.level = 'organisation'
order by indicator.position, value.organisation
