/*
about = """One row per indicator and place: each organisation (`level` organisation), each unit with items in scope
(unit), and the city (city, organisation `staden`), with the sums that its figure is made of; `unit` is NULL but for
units. `state`, `reason_code` and `concerns` are those of marts.measurability where rules 1 to 4 decide
(docs/spec/indicators.md, State of a figure): with them there is no unit row. The city sums over the organisations
that are not ej mätbar by them, nor blocked by their validation (docs/spec/interfaces.md, Runs). Its row alone tells of
how many `organisations` that take part, how many of them are `not_measurable` or `blocked` (who is both is blocked),
and how many are `not_taking_part`, for the question isn't asked of them."""
grain = ["level", "indicator", "organisation", "unit"]
*/
with organisations as (
    select
        measurability.indicator,
        measurability.organisation,
        measurability.state,
        measurability.reason_code,
        measurability.concerns,
        measurability.source_date,
        coalesce(measurability.state in ('mäts inte här', 'mäts inte ännu'), false) as inactive,
        blocked.organisation is not null and not inactive as blocked,
        counts.items,
        counts.measured,
        counts.not_measured,
        counts.not_ok,
        counts.numerator,
        counts.denominator
    from marts.measurability as measurability
    left join marts.item_counts as counts
        on counts.indicator = measurability.indicator
        and counts.organisation = measurability.organisation
        and counts.unit is null
    left join validation.blocked as blocked
        on blocked.organisation = measurability.organisation
),

city as (
    select
        indicator.indicator,
        any_value(indicator.off) as off,
        any_value(indicator.needs) as needs,
        count(organisation.organisation) filter (where not organisation.inactive) as organisations,
        count(*) filter (where organisation.inactive) as not_taking_part,
        flatten(list(organisation.concerns) filter (where organisation.state = 'mäts inte ännu')) as unused,
        count(*) filter (where organisation.state = 'ej mätbar' and not organisation.blocked) as not_measurable,
        count(*) filter (where organisation.blocked) as blocked,
        -- rule 1 and rule 3 come from the calendar and the city's own register: they hold for all or for none
        any_value(organisation.reason_code) filter (where organisation.state = 'ej tillämplig') as not_applicable,
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
    organisation.reason_code,
    organisation.concerns,
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
    counts.indicator,
    counts.organisation,
    counts.unit,
    measurability.source_date,
    counts.items,
    counts.measured,
    counts.not_measured,
    counts.not_ok,
    counts.numerator,
    counts.denominator
from marts.item_counts as counts
join marts.measurability as measurability
    on measurability.indicator = counts.indicator
    and measurability.organisation = counts.organisation
where
    counts.unit is not null
    and measurability.state is null
union all by name
select
    'city' as level,
    city.indicator,
    'staden' as organisation,
    case
        when city.off is not null then 'mäts inte här'
        when city.organisations = 0 and city.not_taking_part > 0 then 'mäts inte ännu'
        when city.not_measurable + city.blocked = city.organisations then 'ej mätbar'
        when city.not_applicable is not null then 'ej tillämplig'
    end as state,
    case
        when city.off is not null then 'switched_off'
        when city.organisations = 0 and city.not_taking_part > 0 then 'unused_registers'
        when city.not_measurable + city.blocked > 0 or city.organisations = 0 then 'organisations_left_out'
        else coalesce(city.not_applicable, if(city.not_taking_part > 0, 'organisations_left_out', null))
    end as reason_code,
    if(
        reason_code = 'unused_registers',
        list_filter(city.needs, lambda register: list_contains(city.unused, register)),
        null
    ) as concerns,
    city.organisations,
    city.not_taking_part,
    city.not_measurable,
    city.blocked,
    city.items,
    city.measured,
    city.not_measured,
    city.not_ok,
    city.numerator,
    city.denominator
from city
