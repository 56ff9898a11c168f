/*
title = "NIS-incidenter"
title_en = "NIS incidents"
area = "Incidenter"
kind = "count"
needs = ["nis_incidenter"]
motive = "S 2.2.6"
question = "Hur många NIS-incidenter har registrerats i år?"
mend = """
Siffran är en upplysning, inget att åtgärda. Saknas en NIS-incident: registrera den i ärendesystemet; är den
registrerad två gånger: ta bort den ena."""
chapter = "2.2.6"
iso = ["d1"]

[sentence]
one = "NIS-incident"
many = "NIS-incidenter"
does_one = "har registrerats"

[reach]
makes.nis_incidenter = 1
*/
select
    incident.organisation,
    incident.enhet as unit,
    incident.arende_id as key,
    incident.tjanst as label,
    true as ok,
    incident.delivery,
    incident.row
from registers.nis_incidenter as incident
cross join core.review as review
where incident.registrerad between review.year_start and review.as_of
