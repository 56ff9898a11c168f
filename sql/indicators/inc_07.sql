/*
title = "NIS-rapporter i tid"
title_en = "NIS reports in time"
area = "Incidenter"
kind = "share"
target = 100
law = true
needs = ["nis_incidenter"]
motive = "lag 2018:1174; cybersäkerhetslagen 2 kap. 5–8 §§"
question = "Lämnades rapporten om den betydande NIS-incidenten inom lagens tid, senaste tolv månaderna?"
mend = """
Lämna den rapport som saknas till tillsynsmyndigheten nu och skriv dag och klockslag i kolumnen som Objekt
nämner. En rapport som kom för sent står kvar i tolv månader: gå igenom larmkedjan."""
chapter = "2.2.6"
iso = ["d1"]

[sentence]
one = "NIS-rapport som skulle ha lämnats"
many = "NIS-rapporter som skulle ha lämnats"
does_one = "kom i tid"

[reach]
makes.nis_incidenter = 4
*/
select
    report.organisation,
    report.enhet as unit,
    concat_ws(' / ', report.arende_id, report.step) as key,
    report.label,
    report.verdict != 'unknown' as measured,
    if(measured, report.verdict = 'in time', null) as ok,
    report.reason,
    report.delivery,
    report.row
from core.incident_deadlines as report
where
    report.law != 'GDPR'
    and report.in_last_12_months
    and report.verdict != 'not due'
