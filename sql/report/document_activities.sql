/*
about = """One row per activity of the plan for B's year and the three years after it: chapter 3 of the document."""
grain = ["organisation", "delivery", "row"]
*/
select
    activity.organisation,
    activity.delivery,
    activity.row,
    activity.ar,
    activity.omrade,
    activity.aktivitet,
    if(activity.ansvarig_funktion_filled, activity.ansvarig_funktion, null) as ansvarig_funktion,
    activity.klar_senast,
    activity.status,
    coalesce(planned.done, false) as done
from registers.handlingsplan as activity
cross join core.review as review
left join core.plan_activities as planned
    on planned.organisation = activity.organisation
    and planned.aktivitets_id = activity.aktivitets_id
where activity.ar between review.year and review.year + 3
order by
    activity.ar,
    activity.row,
    activity.delivery
