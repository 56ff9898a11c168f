/*
about = """Gaps closed in the last 90 days, the newest first; file and row are those that the gap last stood on.
bristlistor/stangda.csv (docs/spec/interfaces.md, Out)."""
grain = ["organisation", "gap_id", "closed"]
columns = [
    "gap_id", "indicator", "organisation", "unit", "key", "label", "reason", "opened", "age_days",
    "delivery", "row", "closed",
]
*/
select
    life.id as gap_id,
    life.indicator,
    life.organisation,
    life.unit,
    life.key,
    life.label,
    life.reason,
    life.opened,
    life.closed - life.opened as age_days,
    life.delivery,
    life.row,
    life.closed
from marts.gap_lifecycle as life
inner join catalogue.indicators as indicator
    on indicator.indicator = life.indicator
where life.closed is not null
order by indicator.position, life.closed desc, life.unit, life.key, life.id
