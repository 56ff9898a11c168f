/*
title = "Motiverade beslut att inte anmäla"
title_en = "Reasoned decisions not to notify"
area = "Incidenter"
kind = "share"
target = 100
law = true
needs = ["personuppgiftsincidenter"]
motive = "GDPR art. 33(5)"
question = "Är risken bedömd och skälet angivet för incidenten som inte har anmälts till IMY, senaste tolv månaderna?"
mend = """
Bedöm risken för de registrerade, dokumentera skälet att inte anmäla, och fyll i Risk och Skäl ej anmäld i
ärendet. Visar bedömningen en risk ska incidenten anmälas till IMY."""
chapter = "2.2.5"
iso = ["d1"]

[sentence]
one = "incident som inte anmäldes"
many = "incidenter som inte anmäldes"
does_one = "har ett motiverat beslut"

[reach]
makes.personuppgiftsincidenter = 1
*/
select
    breach.organisation,
    breach.enhet as unit,
    breach.arende_id as key,
    breach.typ as label,
    breach.risk is not null and breach.skal_ej_anmald_filled as ok,
    nullif(
        concat_ws(
            ', ',
            if(breach.risk is null, 'riskbedömning saknas', null),
            if(breach.skal_ej_anmald_filled, null, 'skäl att inte anmäla saknas')
        ),
        ''
    ) as reason,
    breach.delivery,
    breach.row
from core.breaches as breach
where
    breach.time_is_out
    and not breach.notified
    and coalesce(breach.risk not in ('Risk', 'Hög risk'), true)
