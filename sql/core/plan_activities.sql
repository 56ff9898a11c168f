/*
about = """One row per activity of the three-year plan that isn't struck, with whether it is done
(docs/spec/indicators.md, Common terms: done activity)."""
grain = ["organisation", "aktivitets_id"]
*/
select
    activity.organisation,
    activity.aktivitets_id,
    activity.ar,
    activity.aktivitet,
    activity.ansvarig_funktion_filled,
    activity.klar_senast,
    activity.status,
    activity.status = 'Klar' and coalesce(activity.klar <= review.as_of, true) as done,
    activity.delivery,
    activity.row
from registers.handlingsplan as activity
cross join core.review as review
where activity.status <> 'Struken'
