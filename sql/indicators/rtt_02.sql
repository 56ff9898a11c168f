/*
title = "Registrerades begäranden"
title_en = "Requests of data subjects"
area = "Registerförteckning"
kind = "count"
needs = ["begaran"]
motive = "S 2.2.5"
question = "Hur många begäranden från registrerade har kommit in i år?"
mend = "Siffran är en upplysning, inget att åtgärda. Saknas en begäran: registrera den i ärendesystemet med Inkommen."
chapter = "2.2.5"
iso = ["e"]

[sentence]
one = "begäran från en registrerad"
many = "begäranden från registrerade"
does_one = "har kommit in i år"

[reach]
makes.begaran = 1
*/
select
    request.organisation,
    request.enhet as unit,
    request.arende_id as key,
    request.typ as label,
    true as ok,
    request.delivery,
    request.row
from registers.begaran as request
cross join core.review as review
where request.inkommen between review.year_start and review.as_of
