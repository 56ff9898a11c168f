/*
about = """Every figure over time, in the catalogue's order and then by day; `night` tells a night's figure from a
review's. historik.csv (docs/spec/interfaces.md, Out)."""
grain = ["organisation", "indicator", "as_of", "night"]
columns = [
    "indicator", "title", "organisation", "as_of", "run_kind", "numerator", "denominator", "value",
    "measure", "state", "reason",
]
*/
select
    series.organisation,
    series.indicator,
    indicator.title,
    series.as_of,
    series.night,
    if(series.night, 'natt', 'genomgång') as run_kind,
    series.numerator,
    series.denominator,
    series.value,
    if(indicator.kind = 'share', '%', 'antal') as measure,
    series.state,
    series.reason
from marts.series as series
inner join catalogue.indicators as indicator
    on indicator.indicator = series.indicator
order by indicator.position, series.as_of, series.night
