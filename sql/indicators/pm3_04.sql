/*
title = "System med personuppgifter i registerförteckningen"
title_en = "Systems with personal data in the records of processing"
area = "Styrning"
kind = "share"
target = 100
needs = ["pm3_system", "registerforteckning"]
motive = "S 2.2.5"
question = "Står varje system i drift eller avveckling med personuppgifter i någon aktiv registrering?"
mend = """
Registrera den behandling som sker i systemet, eller skriv systemets System-id på den registrering som redan
finns. Behandlas inga personuppgifter i systemet rättas Personuppgifter i systemförteckningen."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "system med personuppgifter"
many = "system med personuppgifter"
does_one = "finns i registreringarna"
none = "Inget"

[reach]
makes.pm3_system = 1
decides.registerforteckning = "any"
*/
with listed as (
    select
        record.organisation,
        unnest(record.system_id) as system_id
    from core.active_records as record
)

select
    system.organisation,
    system.system_id as key,
    system.system as label,
    listed.system_id is not null as ok,
    if(ok, null, 'ingen aktiv registrering anger systemet') as reason,
    system.delivery,
    system.row
from registers.pm3_system as system
left join (
    select distinct
        organisation,
        system_id
    from listed
) as listed
    on listed.organisation = system.organisation
    and listed.system_id = system.system_id
where
    system.livscykel in ('Drift', 'Avveckling')
    and system.personuppgifter
