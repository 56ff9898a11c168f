/*
title = "Motiverade beslut att inte anmäla"
title_en = "Reasoned decisions not to notify"
area = "Incidenter"
kind = "share"
target = 100
law = true
needs = ["personuppgiftsincidenter"]
motive = "GDPR art. 33(5)"
question = "Är risken bedömd och skälet angivet för incidenten som inte har anmälts till IMY?"
chapter = "2.2.5"
iso = ["d1"]

[sentence]
one = "incident som inte anmäldes"
many = "incidenter som inte anmäldes"
does_one = "har ett motiverat beslut"
*/
select
    incident.organisation,
    incident.enhet as unit,
    incident.arende_id as key,
    incident.typ as label,
    incident.risk is not null and incident.skal_ej_anmald_filled as ok,
    nullif(
        concat_ws(
            ', ',
            if(incident.risk is null, 'riskbedömning saknas', null),
            if(incident.skal_ej_anmald_filled, null, 'skäl att inte anmäla saknas')
        ),
        ''
    ) as reason,
    incident.delivery,
    incident.row
from registers.personuppgiftsincidenter as incident
cross join core.review as review
where
    incident.registrerad between review.year_start and review.as_of
    and coalesce(incident.anmald_imy_day > review.as_of, true)
    and coalesce(incident.risk not in ('Risk', 'Hög risk'), true)
