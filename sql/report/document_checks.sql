/*
about = """One row per control of B's year by its name, whatever units it was made at, with how many were planned, done,
passed and failed up to B: chapter 2.2.3.2 of the document. `delivery` and `row`: where it first stands."""
grain = ["organisation", "kontroll"]
*/
select
    checked.organisation,
    checked.kontroll,
    count(*) as planned,
    count(*) filter (where checked.utford <= review.as_of) as done,
    count(*) filter (where checked.utford <= review.as_of and checked.resultat = 'Godkänd') as passed,
    count(*) filter (where checked.utford <= review.as_of and checked.resultat = 'Avvikelse') as failed,
    arg_min(checked.delivery, (checked.row, checked.delivery)) as delivery,
    min(checked.row) as row
from registers.internkontroll as checked
cross join core.review as review
where checked.ar = review.year
group by
    checked.organisation,
    checked.kontroll
order by min((checked.row, checked.delivery))
