/*
title = "Registrerade informerade vid hög risk"
title_en = "Data subjects informed at high risk"
area = "Incidenter"
kind = "share"
target = 100
law = true
needs = ["personuppgiftsincidenter"]
motive = "GDPR art. 34"
question = "Har de registrerade informerats om incidenten med hög risk, eller finns skäl att inte göra det, senaste tolv månaderna?"
mend = """
Informera dem som berörs och skriv dagen i Registrerade informerade. Gäller något av undantagen i artikel 34.3
fylls det i under Skäl ej informerade."""
chapter = "2.2.5"
iso = ["d1"]

[sentence]
one = "incident med hög risk"
many = "incidenter med hög risk"
does_one = "har följts av information till de berörda, eller av ett skäl att avstå"

[reach]
makes.personuppgiftsincidenter = 1
*/
select
    breach.organisation,
    breach.enhet as unit,
    breach.arende_id as key,
    breach.typ as label,
    breach.informed or breach.skal_ej_informerade is not null as ok,
    if(ok, null, 'registrerade inte informerade') as reason,
    breach.delivery,
    breach.row
from core.breaches as breach
where
    breach.risk = 'Hög risk'
    and (breach.time_is_out or breach.informed)
