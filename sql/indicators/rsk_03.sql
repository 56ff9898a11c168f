/*
title = "Försenade riskåtgärder"
title_en = "Risk treatments overdue"
area = "Styrning"
kind = "open"
target = 0
needs = ["risker"]
motive = "ISO/IEC 27001 8.3"
question = "Är de åtgärder mot aktiva risker vars slutdatum har passerat klara?"
mend = "Slutför åtgärden mot risken och skriv dagen i Klar i riskregistret, eller besluta ett nytt Klar senast."
chapter = "2.2.2"
iso = ["f"]

[sentence]
one = "åtgärd mot en risk"
many = "åtgärder mot risker"
does_one = "är försenad"
does_many = "är försenade"

[reach]
makes.risker = 1
*/
select
    risk.organisation,
    risk.enhet as unit,
    risk.risk_id as key,
    risk.risk as label,
    risk.treated as ok,
    if(ok, null, 'skulle vara klar ' || risk.klar_senast) as reason,
    risk.delivery,
    risk.row
from core.active_risks as risk
cross join core.review as review
where
    risk.hantering = 'Åtgärda'
    and risk.klar_senast < review.as_of
