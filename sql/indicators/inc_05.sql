/*
title = "Registrerade informerade vid hög risk"
title_en = "Data subjects informed at high risk"
area = "Incidenter"
kind = "share"
target = 100
law = true
needs = ["personuppgiftsincidenter"]
motive = "GDPR art. 34"
question = "Har de registrerade informerats om incidenten med hög risk?"
chapter = "2.2.5"
iso = ["d1"]

[sentence]
one = "incident med hög risk"
many = "incidenter med hög risk"
does_one = "har följts av information till de berörda"
*/
select
    incident.organisation,
    incident.enhet as unit,
    incident.arende_id as key,
    incident.typ as label,
    coalesce(incident.registrerade_informerade <= review.as_of, false) as ok,
    if(ok, null, 'registrerade inte informerade') as reason,
    incident.delivery,
    incident.row
from registers.personuppgiftsincidenter as incident
cross join core.review as review
where
    incident.registrerad between review.year_start and review.as_of
    and incident.risk = 'Hög risk'
