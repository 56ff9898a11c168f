/*
title = "Årligen inventerade registreringar"
title_en = "Records inventoried within a year"
area = "Registerförteckning"
kind = "share"
target = 100
needs = ["registerforteckning"]
motive = "S 3.1"
question = "Är varje aktiv registrering inventerad det senaste året?"
mend = """
Gå igenom registreringen: pågår behandlingen, stämmer uppgifterna? Rätta den och skriv dagen i Senast
inventerad. Har behandlingen upphört sätts Status till Avslutad."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "aktiv registrering"
many = "aktiva registreringar"
does_one = "har inventerats det senaste året"

[reach]
makes.registerforteckning = 1
*/
select
    record.organisation,
    record.unit,
    record.behandlings_id as key,
    record.behandling as label,
    coalesce(
        record.senast_inventerad > review.months_12_ago and record.senast_inventerad <= review.as_of, false
    ) as ok,
    if(ok, null, coalesce('inventerad ' || record.senast_inventerad, 'aldrig inventerad')) as reason,
    record.delivery,
    record.row
from core.active_records as record
cross join core.review as review
