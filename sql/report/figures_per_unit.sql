/*
about = """Every figure of every unit, in the catalogue's order. indikatorer_per_enhet.csv (docs/spec/interfaces.md,
Out); the unit's name stands on the workbook's sheet and on the pages."""
grain = ["organisation", "indicator", "unit"]
columns = [
    "indicator", "title", "area", "organisation", "unit", "unit_name", "as_of", "numerator", "denominator",
    "value", "measure", "target", "state", "reason", "not_measured", "previous", "source_date",
]
not_in_file = ["unit_name"]
*/
select
    value.organisation,
    value.indicator,
    indicator.title,
    indicator.area,
    value.unit,
    unit.enhetsnamn as unit_name,
    review.as_of,
    value.numerator,
    value.denominator,
    value.value,
    if(indicator.kind = 'share', '%', 'antal') as measure,
    indicator.target,
    value.state,
    value.reason,
    value.not_measured,
    value.previous,
    value.source_date,
    indicator.kind,
    indicator.law,
    indicator.first_day,
    value.reason_code,
    value.concerns
from marts.indicator_values as value
inner join catalogue.indicators as indicator
    on indicator.indicator = value.indicator
left join registers.enheter as unit
    on unit.organisation = value.organisation
    and unit.enhet = value.unit
cross join core.review as review
where value.level = 'unit'
order by indicator.position, value.organisation, value.unit
