/*
about = """One row per item in scope of an indicator that could be asked of its organisation: what every figure can be
recomputed from. An item about a person with protected identity keeps only what it counts for."""
*/
select
    item.indicator,
    item.organisation,
    if(item.protected, null, item.unit) as unit,
    if(item.protected, null, item.key) as key,
    if(item.protected, null, item.label) as label,
    item.ok,
    item.numerator,
    item.denominator,
    item.measured,
    item.protected,
    if(item.protected, null, item.reason) as reason,
    if(item.protected, null, item.delivery) as delivery,
    if(item.protected, null, item.row) as row
from catalogue.items as item
join marts.measurability as measurability
    on measurability.indicator = item.indicator
    and measurability.organisation = item.organisation
    and measurability.state is null
