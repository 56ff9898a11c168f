/*
about = """Every item in the scope of every indicator: underlag.parquet (docs/spec/interfaces.md, Out).
`$organisation`: whose."""
grain = ["organisation", "indicator", "key"]
*/
select
    item.indicator,
    item.organisation,
    item.unit,
    item.key,
    item.label,
    item.ok,
    item.numerator,
    item.denominator,
    item.measured,
    item.protected,
    item.reason,
    item.delivery,
    item.row
from marts.indicator_items as item
where item.organisation = $organisation
-- protected persons' items have no key, and what may not be shown is alike in all: they are told apart by the rest
order by
    item.indicator,
    item.unit,
    item.key,
    item.label,
    item.ok,
    item.numerator,
    item.denominator,
    item.measured,
    item.delivery,
    item.row
