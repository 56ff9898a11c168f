/*
about = """One row per decided governing document, the current ones first: chapter 2.2.5 of the document."""
grain = ["organisation", "delivery", "row"]
*/
select
    document.organisation,
    document.delivery,
    document.row,
    document.typ,
    document.beslutad,
    document.senast_oversedd,
    document.reviewed > review.months_12_ago as is_current
from core.decided_documents as document
cross join core.review as review
order by
    is_current desc,
    document.beslutad desc,
    document.row,
    document.delivery
