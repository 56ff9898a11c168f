/*
title = "Personuppgiftsincidenter"
title_en = "Personal data breaches"
area = "Incidenter"
kind = "count"
needs = ["personuppgiftsincidenter"]
motive = "S 2.2.6"
question = "Hur många personuppgiftsincidenter har registrerats i år?"
mend = """
Siffran är en upplysning, inget att åtgärda. Saknas en incident: registrera den i ärendesystemet; är den
registrerad två gånger: ta bort den ena."""
chapter = "2.2.6"
iso = ["d1"]

[sentence]
one = "personuppgiftsincident"
many = "personuppgiftsincidenter"
does_one = "har registrerats"

[reach]
makes.personuppgiftsincidenter = 1
*/
select
    incident.organisation,
    incident.enhet as unit,
    incident.arende_id as key,
    incident.typ as label,
    true as ok,
    incident.delivery,
    incident.row
from registers.personuppgiftsincidenter as incident
cross join core.review as review
where incident.registrerad between review.year_start and review.as_of
