/*
about = """One row per item in scope of an indicator that could be asked of its organisation: what every figure can be
recomputed from. An item about a person with protected identity keeps only what it counts for
(docs/spec/interfaces.md, Privacy); `protected_number` tells one such item from the next, and those whose keys hold what may not be
shown (`[visas inte]`); it is NULL for all others."""
grain = ["indicator", "organisation", "key", "protected_number"]
*/
with counted as (
    select item.*
    from catalogue.items as item
    inner join marts.measurability as measurability
        on measurability.indicator = item.indicator
        and measurability.organisation = item.organisation
        and measurability.state is null
)

select
    item.indicator,
    item.organisation,
    item.unit,
    item.key,
    cast(null as bigint) as protected_number,
    item.label,
    item.ok,
    item.numerator,
    item.denominator,
    item.measured,
    item.protected,
    item.reason,
    item.delivery,
    item.row
from counted as item
where
    not item.protected
    and not coalesce(contains(item.key, 'hash:'), false)
union all by name
select
    item.indicator,
    item.organisation,
    item.unit,
    regexp_replace(item.key, 'hash:[0-9a-f]{64}', '[visas inte]', 'g') as key,
    row_number() over (
        partition by item.indicator, item.organisation
        order by item.measured, item.ok, item.numerator, item.denominator, item.delivery, item.row, item.key
    ) as protected_number,
    item.label,
    item.ok,
    item.numerator,
    item.denominator,
    item.measured,
    item.protected,
    item.reason,
    item.delivery,
    item.row
from counted as item
where
    not item.protected
    and contains(item.key, 'hash:')
union all by name
select
    item.indicator,
    item.organisation,
    -- in no order that would tell one person from another
    row_number() over (
        partition by item.indicator, item.organisation
        order by item.measured, item.ok, item.numerator, item.denominator
    ) as protected_number,
    item.ok,
    item.numerator,
    item.denominator,
    item.measured,
    item.protected
from counted as item
where item.protected
