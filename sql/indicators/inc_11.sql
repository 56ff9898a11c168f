/*
title = "Incidenter mot båda lagarna"
title_en = "Incidents under both laws"
area = "Incidenter"
kind = "open"
target = 0
needs = ["personuppgiftsincidenter", "nis_incidenter", "pm3_system"]
motive = "förordning (2025:1507) 18 §; GDPR art. 33"
question = "Finns NIS-incidenten i ett system med personuppgifter också bland personuppgiftsincidenterna, senaste tolv månaderna?"
mend = """
Pröva om händelsen också är en personuppgiftsincident. Är den det: registrera den där med samma System-id. Är
den inte det: skriv varför i NIS-ärendet; raden står kvar i tolv månader som en påminnelse."""
chapter = "2.2.6"
iso = ["d1"]

[sentence]
one = "NIS-incident i ett system med personuppgifter"
many = "NIS-incidenter i system med personuppgifter"
does_one = "saknar motsvarighet bland personuppgiftsincidenterna"

[reach]
makes.nis_incidenter = 1
decides.personuppgiftsincidenter = "NIS incidents of a system"
alters.pm3_system = "NIS incidents of a system"
*/
with matched as (
    select distinct
        incident.organisation,
        incident.arende_id
    from registers.nis_incidenter as incident
    inner join registers.personuppgiftsincidenter as breach
        on breach.organisation = incident.organisation
        and breach.system_id = incident.system_id
        and breach.registrerad between incident.registrerad - 7 and incident.registrerad + 7
)

select
    incident.organisation,
    incident.enhet as unit,
    incident.arende_id as key,
    incident.tjanst as label,
    matched.arende_id is not null as ok,
    if(ok, null, 'ingen personuppgiftsincident i samma system inom sju dagar') as reason,
    incident.delivery,
    incident.row
from registers.nis_incidenter as incident
cross join core.review as review
inner join registers.pm3_system as system
    on system.organisation = incident.organisation
    and system.system_id = incident.system_id
    and system.personuppgifter
left join matched
    on matched.organisation = incident.organisation
    and matched.arende_id = incident.arende_id
where
    incident.registrerad > review.months_12_ago
    and incident.registrerad <= review.as_of
