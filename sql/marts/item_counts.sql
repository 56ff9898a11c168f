/*
about = """One row per indicator, organisation and unit with items in scope, and one with `unit` NULL for the whole
organisation: what their items sum to (docs/spec/indicators.md, the three kinds). Persons with protected identity
count for the organisation alone. `measured` is the number of items measured, `not_ok` of those not in order."""
grain = ["indicator", "organisation", "unit"]
*/
with placed as (
    select
        item.indicator,
        item.organisation,
        null as unit,
        item.measured,
        item.ok,
        item.numerator,
        item.denominator
    from catalogue.items as item
    union all by name
    select
        item.indicator,
        item.organisation,
        item.unit,
        item.measured,
        item.ok,
        item.numerator,
        item.denominator
    from catalogue.items as item
    where
        item.unit is not null
        and not item.protected
)

select
    placed.indicator,
    placed.organisation,
    placed.unit,
    count(*) as items,
    count(*) filter (where placed.measured) as measured,
    count(*) filter (where not placed.measured) as not_measured,
    count(*) filter (where placed.measured and not placed.ok) as not_ok,
    coalesce(sum(placed.numerator) filter (where placed.measured), 0) as numerator,
    coalesce(sum(placed.denominator) filter (where placed.measured), 0) as denominator
from placed
group by
    placed.indicator,
    placed.organisation,
    placed.unit
