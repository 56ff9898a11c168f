/*
title = "Uppföljda klassningar"
title_en = "Classifications followed up"
area = "Klassning"
kind = "count"
needs = ["klassningar"]
motive = "S 2.2.3.1"
question = "Hur många uppföljningar av tidigare klassningar har genomförts hittills i år?"
mend = """
Siffran är en upplysning, inget att åtgärda. Saknas en uppföljning: fyll i Följer upp med den tidigare
klassningens id, sätt Status till Klar och Genomförd till dagen."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "tidigare klassning"
many = "tidigare klassningar"
does_one = "har följts upp"

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
    classification.follow_up
    and classification.genomford >= review.year_start
