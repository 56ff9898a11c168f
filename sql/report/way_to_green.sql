/*
about = """The figures that are short of their targets, and the shortest way to green of each: the law's first, then those
with the fewest gaps to close. vagen_till_gront.csv (docs/spec/interfaces.md, Out)."""
grain = ["organisation", "indicator"]
columns = [
    "indicator", "title", "organisation", "as_of", "value", "measure", "target", "state", "gaps", "to_close",
    "days", "closed", "opened", "green_on", "why",
]

[headings]
closed = "Stängda"
opened = "Tillkomna"
*/
select
    way.organisation,
    way.indicator,
    indicator.title,
    review.as_of,
    value.value,
    if(indicator.kind = 'share', '%', 'antal') as measure,
    indicator.target,
    way.state,
    indicator.law,
    indicator.kind,
    way.gaps,
    way.to_close,
    way.days,
    way.closed,
    way.opened,
    way.green_on,
    way.no_forecast,
    case way.no_forecast
        when 'too_short' then 'har inte följts i 30 dagar'
        when 'too_few' then 'färre än tio brister har stängts'
        when 'not_fewer' then 'bristerna blir inte färre'
        when 'too_far' then 'det tar mer än tio år'
    end as why
from marts.way_to_green as way
inner join marts.indicator_values as value
    on value.indicator = way.indicator
    and value.organisation = way.organisation
    and value.level = 'organisation'
inner join catalogue.indicators as indicator
    on indicator.indicator = way.indicator
cross join core.review as review
order by not indicator.law, way.to_close, indicator.position, way.organisation
