/*
about = """Every open gap of every indicator, unit by unit, with what to do about it; last the number of those that aren't
shown, without an id. `place` is where it stands on the way to green, of the figures that are short of their targets.
brister.csv (docs/spec/interfaces.md, Out); the unit's name stands on the workbook's sheet."""
grain = ["organisation", "indicator", "gap_id"]
columns = [
    "unit", "unit_name", "indicator", "title", "organisation", "key", "label", "reason", "opened",
    "age_days", "mend", "place", "shared", "gap_id", "delivery", "row",
]
not_in_file = ["unit_name"]
*/
select
    gap.id as gap_id,
    gap.indicator,
    indicator.title,
    gap.organisation,
    gap.unit,
    unit.enhetsnamn as unit_name,
    gap.key,
    gap.label,
    gap.reason,
    gap.opened,
    gap.age as age_days,
    indicator.mend,
    ordered.place,
    ordered.first,
    array_to_string(ordered.shared, ', ') as shared,
    gap.delivery,
    gap.row
from marts.gaps as gap
inner join catalogue.indicators as indicator
    on indicator.indicator = gap.indicator
left join marts.gap_order as ordered
    on ordered.id = gap.id
left join registers.enheter as unit
    on unit.organisation = gap.organisation
    and unit.enhet = gap.unit
where gap.list = 'brist'
order by gap.id is null, gap.unit nulls last, indicator.position, ordered.place nulls last, gap.opened, gap.key, gap.id
