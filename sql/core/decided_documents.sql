/*
about = """One row per governing document decided on or before B. `reviewed` is the day on which it was last decided or
looked over, by B (docs/spec/indicators.md, Common terms: current document); `senast_oversedd` only where that is by B."""
grain = ["organisation", "dokument_id"]
*/
select
    document.organisation,
    document.dokument_id,
    document.typ,
    document.beslutad,
    if(document.senast_oversedd <= review.as_of, document.senast_oversedd, null) as senast_oversedd,
    if(document.senast_oversedd <= review.as_of, document.senast_oversedd, document.beslutad) as reviewed,
    document.delivery,
    document.row
from registers.styrdokument as document
cross join core.review as review
where document.beslutad <= review.as_of
