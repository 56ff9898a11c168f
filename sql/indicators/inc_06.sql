/*
title = "Åtgärder efter incident slutförda"
title_en = "Measures after incidents completed"
area = "Incidenter"
kind = "share"
target = 90
needs = ["personuppgiftsincidenter"]
motive = "S 2.2.3.1"
question = "Är åtgärden efter incidenten klar, när dess slutdatum har nåtts?"
mend = """
Slutför åtgärden efter incidenten och skriv dagen i Åtgärd klar. Behövs mer tid beslutar den ansvariga ett
nytt Åtgärd klar senast."""
chapter = "2.2.3.1"
iso = ["d1"]

[sentence]
one = "åtgärd efter en incident som skulle vara klar"
many = "åtgärder efter incidenter som skulle vara klara"
does_one = "är slutförd"
does_many = "är slutförda"

[reach]
makes.personuppgiftsincidenter = 1
*/
select
    incident.organisation,
    incident.enhet as unit,
    incident.arende_id as key,
    incident.typ as label,
    coalesce(incident.atgard_klar <= review.as_of, false) as ok,
    if(ok, null, 'åtgärden skulle vara klar ' || cast(incident.atgard_klar_senast as varchar)) as reason,
    incident.delivery,
    incident.row
from registers.personuppgiftsincidenter as incident
cross join core.review as review
where incident.atgard_klar_senast <= review.as_of
