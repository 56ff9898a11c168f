/*
title = "Kravuppfyllnad"
title_en = "Requirements met"
area = "Klassning"
kind = "share"
target = 70
needs = ["klassningar"]
motive = "S 2.2.3.1"
question = "Hur stor del av kraven i varje tillgångs och systems senaste klassning är uppfyllda?"
mend = """
Gå igenom de krav i handlingsplanen i KLASSA som inte är uppfyllda, inför dem som väger tyngst först, och
uppdatera Krav uppfyllda i klassningen."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "krav ur klassningarna"
many = "krav ur klassningarna"
does_one = "är uppfyllt"
does_many = "är uppfyllda"
none = "Inget"
*/
with newest as (
    select
        classification.organisation,
        classification.unit,
        classification.klassnings_id,
        classification.avser_id,
        classification.krav_totalt as denominator,
        -- a register's negative number is no requirement met, and never takes from the others'
        greatest(0, least(coalesce(classification.krav_uppfyllda, 0), classification.krav_totalt)) as numerator,
        classification.delivery,
        classification.row
    from core.completed_classifications as classification
    where
        classification.latest
        and classification.krav_totalt > 0
)

select
    newest.organisation,
    newest.unit,
    newest.klassnings_id as key,
    newest.avser_id as label,
    newest.numerator = newest.denominator as ok,
    newest.numerator,
    newest.denominator,
    if(ok, null, concat(newest.numerator, ' av ', newest.denominator, ' krav uppfyllda')) as reason,
    newest.delivery,
    newest.row
from newest
