/*
about = """What could not be measured, item by item; last of each indicator the number of those that aren't shown,
without a key of their own. bristlistor/ej_matta.csv (docs/spec/interfaces.md, Out)."""
grain = ["organisation", "indicator", "unit", "key", "gap_id"]
columns = [
    "gap_id", "indicator", "organisation", "unit", "key", "label", "reason", "opened", "age_days",
    "delivery", "row",
]
*/
select
    gap.id as gap_id,
    gap.indicator,
    gap.organisation,
    gap.unit,
    gap.key,
    gap.label,
    gap.reason,
    gap.opened,
    gap.age as age_days,
    gap.delivery,
    gap.row
from marts.gaps as gap
inner join catalogue.indicators as indicator
    on indicator.indicator = gap.indicator
where gap.list != 'brist'
order by indicator.position, gap.id is null, gap.unit, gap.key, gap.id
