/*
title = "Rapporterande enheter"
title_en = "Units that report incidents"
area = "Incidenter"
kind = "share"
needs = ["enheter", "personuppgiftsincidenter"]
motive = "S 3.1"
question = "Har enheten rapporterat någon incident på 24 månader? (Ingen rapport bevisar ingen säkerhet.)"
mend = """
Gå igenom med enheten vad en personuppgiftsincident är och hur den rapporteras. Att ingen har rapporterats kan
vara sant; då finns inget att åtgärda."""
chapter = "2.2.6"
iso = ["d1"]

[sentence]
one = "enhet"
many = "enheter"
does_one = "har rapporterat en personuppgiftsincident de senaste två åren"

[reach]
makes.enheter = 1
decides.personuppgiftsincidenter = 1
*/
with reporting as (
    select distinct
        incident.organisation,
        incident.enhet
    from registers.personuppgiftsincidenter as incident
    cross join core.review as review
    where
        incident.registrerad > review.months_24_ago
        and incident.registrerad <= review.as_of
)

select
    unit.organisation,
    unit.enhet as unit,
    unit.enhet as key,
    unit.enhetsnamn as label,
    reporting.enhet is not null as ok,
    if(ok, null, 'ingen incident registrerad de senaste 24 månaderna') as reason,
    unit.delivery,
    unit.row
from core.active_units as unit
left join reporting
    on reporting.organisation = unit.organisation
    and reporting.enhet = unit.enhet
