/*
title = "Aktuella riskbedömningar"
title_en = "Risk assessments up to date"
area = "Styrning"
kind = "share"
target = 100
needs = ["risker"]
motive = "ISO/IEC 27001 9.3.2 f, 8.2"
question = "Är varje aktiv risk bedömd de senaste 12 månaderna?"
mend = """
Bedöm risken på nytt: är sannolikhet och konsekvens desamma? Skriv dagen i Bedömd i riskregistret. Finns
risken inte kvar sätts Status till Avslutad."""
chapter = "2.2.2"
iso = ["f"]

[sentence]
one = "aktiv risk"
many = "aktiva risker"
does_one = "har bedömts det senaste året"

[reach]
makes.risker = 1
*/
select
    risk.organisation,
    risk.enhet as unit,
    risk.risk_id as key,
    risk.risk as label,
    coalesce(risk.bedomd > review.months_12_ago and risk.bedomd <= review.as_of, false) as ok,
    if(ok, null, coalesce('bedömd ' || risk.bedomd, 'ingen bedömningsdag')) as reason,
    risk.delivery,
    risk.row
from core.active_risks as risk
cross join core.review as review
