/*
about = """Every figure of an organisation, and of the city: its line in the catalogue and what it came to, in the
catalogue's order. indikatorer.csv (docs/spec/interfaces.md, Out)."""
grain = ["organisation", "indicator"]
columns = [
    "indicator", "title", "area", "organisation", "as_of", "numerator", "denominator", "value", "measure",
    "target", "state", "reason", "not_measured", "previous", "source_date",
]
*/
select
    value.organisation,
    value.indicator,
    indicator.title,
    indicator.area,
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
    indicator.needs,
    indicator.gap_list,
    indicator.motive,
    indicator.question,
    indicator.mend,
    indicator.chapter,
    indicator.iso,
    indicator.sentence,
    indicator.setting,
    value.reason_code,
    value.concerns,
    value.organisations,
    value.not_taking_part,
    value.not_measurable,
    value.blocked,
    bound.lowest,
    bound.highest,
    bound.certain,
    bound.quarantined,
    bound.incomplete,
    bound.unmatched
from marts.indicator_values as value
inner join marts.bounds as bound
    on bound.indicator = value.indicator
    and bound.organisation = value.organisation
inner join catalogue.indicators as indicator
    on indicator.indicator = value.indicator
cross join core.review as review
where value.level != 'unit'
order by indicator.position, value.organisation
