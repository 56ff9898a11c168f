/*
about = """What each indicator asks, of what, and as of which day, with its query: underlag/<indicator>.json
(docs/spec/interfaces.md, Out)."""
grain = ["indicator"]
*/
select
    indicator.indicator,
    indicator.title,
    indicator.title_en,
    indicator.area,
    indicator.kind,
    indicator.target,
    indicator.law,
    indicator.first_day,
    indicator.needs,
    indicator.motive,
    indicator.question,
    indicator.query,
    indicator.setting,
    review.as_of
from catalogue.indicators as indicator
cross join core.review as review
order by indicator.position
