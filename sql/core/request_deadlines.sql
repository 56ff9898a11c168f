/*
about = """One row per request of a data subject, with the day by which it is to be answered, GDPR art. 12(3): a month
after it came in, or three, counted from the same day, where the extension was told within that month
(docs/spec/indicators.md, RTT-01)."""
grain = ["organisation", "arende_id"]
*/
with limits as (
    select
        request.organisation,
        request.arende_id,
        limits.step,
        coalesce(days.moved_to, cast(request.inkommen + limits.duration as date)) as limit_day
    from registers.begaran as request
    inner join core.law_limits as limits
        on limits.register = 'begaran'
        and coalesce(limits.in_force_from <= request.inkommen, true)
        and coalesce(limits.in_force_to >= request.inkommen, true)
    left join core.limit_days as days
        on days.counting = limits.counting
        and days.day = cast(request.inkommen + limits.duration as date)
),

deadlines as (
    select
        answer.organisation,
        answer.arende_id,
        answer.limit_day as ordinary,
        extended.limit_day as extended
    from limits as answer
    inner join limits as extended
        on extended.organisation = answer.organisation
        and extended.arende_id = answer.arende_id
    where
        answer.step = 'Svar'
        and extended.step = 'Svar efter förlängning'
)

select
    request.organisation,
    request.arende_id,
    request.enhet,
    request.typ,
    request.inkommen,
    if(request.forlangd <= deadline.ordinary, deadline.extended, deadline.ordinary) as limit_day,
    coalesce(request.besvarad <= review.as_of, false) as answered,
    answered and request.besvarad <= limit_day as in_time,
    request.delivery,
    request.row
from registers.begaran as request
cross join core.review as review
inner join deadlines as deadline
    on deadline.organisation = request.organisation
    and deadline.arende_id = request.arende_id
