/*
about = "One row per organisation and type with a current document on B (indicators.md, Common terms)."
*/
select distinct
    document.organisation,
    document.typ
from registers.styrdokument as document
cross join core.review as review
where
    document.beslutad <= review.as_of
    and case
        when document.senast_oversedd <= review.as_of then document.senast_oversedd
        else document.beslutad
    end > review.months_12_ago
