/*
about = """One row per assessed indicator of the risk analysis of B's year: chapter 2.2.3.1 of the document."""
grain = ["organisation", "delivery", "row"]
*/
select
    assessed.organisation,
    assessed.delivery,
    assessed.row,
    assessed.indikator,
    assessed.ar,
    assessed.bedomning
from registers.vor_indikatorer as assessed
cross join core.review as review
where assessed.ar = review.year
order by assessed.row, assessed.delivery
