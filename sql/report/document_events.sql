/*
about = """One row per event of omvarldsbevakning up to B, the newest first: chapter 2.1 of the document. The register is
the city's and every organisation's."""
grain = ["row"]
*/
select
    event.row,
    event.datum,
    event.omrade,
    event.handelse,
    event.paverkan
from registers.omvarldsbevakning as event
cross join core.review as review
where event.datum <= review.as_of
order by
    event.datum desc,
    event.row
