/*
title = "Genomförda klassningar"
title_en = "Completed classifications"
area = "Klassning"
kind = "count"
needs = ["klassningar"]
motive = "S 2.2.3.1"
question = "Hur många nya klassningar, utom de normerande, har genomförts hittills i år?"
mend = """
Siffran är en upplysning, inget att åtgärda. Saknas en klassning: sätt Status till Klar och Genomförd till
dagen bland klassningarna."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "klassning"
many = "klassningar"
does_one = "har genomförts"

[reach]
makes.klassningar = 1
*/
select
    classification.organisation,
    classification.unit,
    classification.klassnings_id as key,
    classification.avser_id as label,
    true as ok,
    classification.delivery,
    classification.row
from core.completed_classifications as classification
cross join core.review as review
where
    not classification.follow_up
    and classification.typ is distinct from 'Normerande'
    and classification.genomford >= review.year_start
