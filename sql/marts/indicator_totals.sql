/*
about = """One row per indicator and place: each organisation (`level` organisation), each unit with items in scope
(unit), and the city (city, organisation `staden`), with the sums that its figure is made of. `state` and
`reason` are set where rules 1 to 4 decide (docs/spec/indicators.md, State of a figure): with them there is no unit row,
and the city sums over the organisations that are not ej mätbar by them, nor blocked by their validation
(docs/spec/interfaces.md, Runs), and says how many are."""
*/
with organisations as (
    select
        measurability.indicator,
        measurability.organisation,
        measurability.state,
        measurability.reason,
        measurability.source_date,
        blocked.organisation is not null as blocked,
        tally.items,
        tally.measured,
        tally.not_measured,
        tally.not_ok,
        tally.numerator,
        tally.denominator
    from marts.measurability as measurability
    left join marts.item_counts as tally
        on tally.indicator = measurability.indicator
        and tally.organisation = measurability.organisation
        and tally.unit is null
    left join validation.blocked as blocked
        on blocked.organisation = measurability.organisation
),

city as (
    select
        indicator.indicator,
        count(organisation.organisation) as organisations,
        count(*) filter (where organisation.state = 'ej mätbar' and not organisation.blocked) as not_measurable,
        count(*) filter (where organisation.blocked) as blocked,
        -- rule 1 and rule 3 come from the calendar and the city's own register: they hold for all or for none
        any_value(organisation.reason) filter (where organisation.state = 'ej tillämplig') as not_applicable,
        sum(organisation.items) filter (where organisation.state is null and not organisation.blocked) as items,
        sum(organisation.measured) filter (where organisation.state is null and not organisation.blocked) as measured,
        sum(organisation.not_measured) filter (where organisation.state is null and not organisation.blocked) as not_measured,
        sum(organisation.not_ok) filter (where organisation.state is null and not organisation.blocked) as not_ok,
        sum(organisation.numerator) filter (where organisation.state is null and not organisation.blocked) as numerator,
        sum(organisation.denominator) filter (where organisation.state is null and not organisation.blocked) as denominator
    from catalogue.indicators as indicator
    left join organisations as organisation
        on organisation.indicator = indicator.indicator
    group by indicator.indicator
)
select
    'organisation' as level,
    organisation.indicator,
    organisation.organisation,
    null as unit,
    organisation.state,
    organisation.reason,
    organisation.source_date,
    organisation.items,
    organisation.measured,
    organisation.not_measured,
    organisation.not_ok,
    organisation.numerator,
    organisation.denominator
from organisations as organisation
union all by name
select
    'unit' as level,
    tally.indicator,
    tally.organisation,
    tally.unit,
    measurability.source_date,
    tally.items,
    tally.measured,
    tally.not_measured,
    tally.not_ok,
    tally.numerator,
    tally.denominator
from marts.item_counts as tally
join marts.measurability as measurability
    on measurability.indicator = tally.indicator
    and measurability.organisation = tally.organisation
where
    tally.unit is not null
    and measurability.state is null
union all by name
select
    'city' as level,
    city.indicator,
    'staden' as organisation,
    case
        when city.not_measurable + city.blocked = city.organisations then 'ej mätbar'
        when city.not_applicable is not null then 'ej tillämplig'
    end as state,
    coalesce(
        nullif(
            concat_ws(
                ', ',
                if(
                    city.not_measurable > 0 or city.organisations = 0,
                    city.not_measurable || ' av ' || city.organisations || ' ej mätbara',
                    null
                ),
                if(city.blocked > 0, city.blocked || ' av ' || city.organisations || ' blockerade', null)
            ),
            ''
        ),
        city.not_applicable
    ) as reason,
    city.items,
    city.measured,
    city.not_measured,
    city.not_ok,
    city.numerator,
    city.denominator
from city
