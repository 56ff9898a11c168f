/*
about = """One row per indicator, place and earlier run that this one is compared with: the last night and the last
review before B in which the place had figures. `changed` where state or value differ; `before` is when."""
grain = ["indicator", "organisation", "since"]
*/
with compared as (
    select
        earlier.organisation,
        earlier.night,
        max(earlier.as_of) as as_of
    from marts.series as earlier
    cross join core.review as review
    where earlier.as_of < review.as_of
    group by earlier.organisation, earlier.night
)

select
    current_value.indicator,
    current_value.organisation,
    if(compared.night, 'natt', 'genomgång') as since,
    compared.as_of as before,
    earlier.value as value_before,
    earlier.state as state_before,
    earlier.numerator as numerator_before,
    earlier.denominator as denominator_before,
    current_value.value,
    current_value.state,
    current_value.numerator,
    current_value.denominator,
    (current_value.value is distinct from earlier.value)
    or (current_value.state is distinct from earlier.state) as changed
from marts.indicator_values as current_value
inner join compared
    on compared.organisation = current_value.organisation
inner join marts.series as earlier
    on earlier.organisation = current_value.organisation
    and earlier.indicator = current_value.indicator
    and earlier.as_of = compared.as_of
    and earlier.night = compared.night
where current_value.level != 'unit'
