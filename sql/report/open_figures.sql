/*
about = """The figures that may be opened to anyone: the city's and its organisations', without small counts
(docs/spec/interfaces.md, Open data). `base` is what a figure counts: its denominator, or where it has none its number.
One of 1–4 is left out. So that no such base follows from the city's figure less those of the other organisations, the
next larger ones are left out too until at least five are left out together. oppna_data/indikatorer.csv."""
grain = ["organisation", "indicator"]
columns = [
    "indicator", "title", "area", "organisation", "as_of", "numerator", "denominator", "value", "measure",
    "target", "state", "source_date",
]
*/
with counted as (
    select
        value.*,
        coalesce(value.denominator, value.numerator) as base
    from marts.indicator_values as value
    anti join validation.blocked as blocked
        on blocked.organisation = value.organisation
    where value.level != 'unit'
),

placed as (
    select
        counted.*,
        sum(counted.base) over (
            partition by counted.indicator, counted.level
            order by counted.base, counted.organisation
            rows between unbounded preceding and 1 preceding
        ) as smaller
    from counted
),

judged as (
    select
        placed.*,
        coalesce(placed.base between 1 and 4 or placed.smaller between 1 and 4, false) as left_out
    from placed
)

select
    judged.indicator,
    indicator.title,
    indicator.area,
    judged.organisation,
    review.as_of,
    if(judged.left_out, null, judged.numerator) as numerator,
    if(judged.left_out, null, judged.denominator) as denominator,
    if(judged.left_out, null, judged.value) as value,
    if(indicator.kind = 'share', '%', 'antal') as measure,
    indicator.target,
    if(judged.left_out, 'visas inte', judged.state) as state,
    judged.source_date
from judged
inner join catalogue.indicators as indicator
    on indicator.indicator = judged.indicator
cross join core.review as review
order by indicator.position, judged.level, judged.organisation
