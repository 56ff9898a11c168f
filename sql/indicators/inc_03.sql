/*
title = "Anmälda till IMY inom 72 timmar"
title_en = "Notified to the authority within 72 hours"
area = "Incidenter"
kind = "share"
target = 100
law = true
needs = ["personuppgiftsincidenter"]
motive = "GDPR art. 33(1)"
question = "Anmäldes incidenten, med risk eller hög risk, till IMY inom 72 timmar från kännedom, senaste tolv månaderna?"
mend = """
Anmäl incidenten till IMY nu, och ange varför det dröjde (artikel 33.1). Skriv dag och klockslag i Kännedom
och Anmäld IMY. En anmälan som kom för sent står kvar i tolv månader: gå igenom varför."""
chapter = "2.2.5"
iso = ["d1"]

[sentence]
one = "incident med risk för de registrerade"
many = "incidenter med risk för de registrerade"
does_one = "anmäldes i tid till Integritetsskyddsmyndigheten"

[reach]
makes.personuppgiftsincidenter = 1
*/
select
    notification.organisation,
    notification.enhet as unit,
    notification.arende_id as key,
    notification.label,
    notification.verdict != 'unknown' as measured,
    if(measured, notification.verdict = 'in time', null) as ok,
    notification.reason,
    notification.delivery,
    notification.row
from core.incident_deadlines as notification
where
    notification.law = 'GDPR'
    and notification.in_last_12_months
    and notification.verdict != 'not due'
