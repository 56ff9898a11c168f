/*
about = """One row per decision of a management review held before B that isn't struck, with whether it is done, as an
activity of the plan is (docs/spec/indicators.md, BES-01 and Common terms: done activity)."""
grain = ["organisation", "besluts_id"]
*/
select
    decision.organisation,
    decision.besluts_id,
    decision.beslut,
    decision.klar_senast,
    decision.status = 'Klar' and coalesce(decision.klar <= review.as_of, true) as done,
    decision.delivery,
    decision.row
from registers.beslut as decision
cross join core.review as review
where
    decision.genomgang < review.as_of
    and decision.status <> 'Struken'
