/*
title = "Aktuella konsekvensbedömningar"
title_en = "Impact assessments up to date"
area = "Registerförteckning"
kind = "share"
target = 100
needs = ["registerforteckning", "konsekvensbedomningar"]
motive = "GDPR art. 35(11)"
question = "Är aktiva behandlingars konsekvensbedömningar beslutade eller översedda de senaste 24 månaderna?"
mend = """
Gå igenom konsekvensbedömningen: har behandlingen, riskerna eller åtgärderna ändrats? Skriv dagen i Senast
översedd, eller besluta en ny."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "konsekvensbedömning"
many = "konsekvensbedömningar"
does_one = "är beslutad eller översedd de senaste två åren"
does_many = "är beslutade eller översedda de senaste två åren"

[reach]
makes.konsekvensbedomningar = 1
alters.registerforteckning = "assessments of a record"
*/
select
    assessment.organisation,
    assessment.unit,
    assessment.dpia_id as key,
    assessment.behandling as label,
    assessment.reviewed > review.months_24_ago as ok,
    if(ok, null, 'senast beslutad eller översedd ' || assessment.reviewed) as reason,
    assessment.delivery,
    assessment.row
from core.decided_assessments as assessment
cross join core.review as review
