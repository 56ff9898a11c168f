/*
about = """One row per recommendation of the auditors up to B's year that is known to be open to all: chapter 2.2.4 of the
document."""
grain = ["organisation", "delivery", "row"]
*/
select
    recommended.organisation,
    recommended.delivery,
    recommended.row,
    recommended.granskning,
    recommended.ar,
    recommended.rekommendation,
    recommended.status
from registers.revision as recommended
cross join core.review as review
where
    recommended.ar <= review.year
    and recommended.sekretess is not distinct from false
order by
    recommended.ar desc,
    recommended.row,
    recommended.delivery
