/*
about = """One row per event of omvarldsbevakning up to B, theme by theme, the theme with the newest event first and its
newest event first; `theme` tells the themes apart. Chapter 2.1 of the document; Budget stands in 2.2.1 and RSA in 2.2.2.
The register is the city's and every organisation's."""
grain = ["delivery", "row"]
*/
with events as (
    select
        event.delivery,
        event.row,
        event.datum,
        event.omrade,
        event.handelse,
        event.paverkan,
        lower(trim(event.omrade)) as theme,
        case theme
            when 'budget' then '2.2.1'
            when 'rsa' then '2.2.2'
            else '2.1'
        end as chapter
    from registers.omvarldsbevakning as event
    cross join core.review as review
    where event.datum <= review.as_of
)

select
    event.delivery,
    event.row,
    event.datum,
    event.omrade,
    event.handelse,
    event.paverkan,
    event.theme,
    event.chapter
from events as event
order by
    max(event.datum) over (partition by event.theme) desc,
    event.theme,
    event.datum desc,
    event.row,
    event.delivery
