/*
about = "One row per organisation and type with a current document on B (docs/spec/indicators.md, Common terms)."
grain = ["organisation", "typ"]
*/
select distinct
    document.organisation,
    document.typ
from core.decided_documents as document
cross join core.review as review
where document.reviewed > review.months_12_ago
