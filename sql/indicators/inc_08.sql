/*
title = "NIS-incidenter delgivna stadsledningskontoret"
title_en = "NIS incidents shared with the city executive office"
area = "Incidenter"
kind = "share"
target = 100
needs = ["nis_incidenter"]
motive = "S 2.2.4"
question = "Har stadsledningskontoret fått del av NIS-incidenten, senaste tolv månaderna?"
mend = "Skicka incidenten till stadsledningskontoret och skriv dagen i Delgiven SLK."
chapter = "2.2.6"
iso = ["d1"]

[sentence]
one = "NIS-incident"
many = "NIS-incidenter"
does_one = "har delgivits stadsledningskontoret"

[reach]
makes.nis_incidenter = 1
*/
select
    incident.organisation,
    incident.enhet as unit,
    incident.arende_id as key,
    incident.tjanst as label,
    coalesce(incident.delgiven_slk <= review.as_of, false) as ok,
    if(ok, null, 'inte delgiven stadsledningskontoret') as reason,
    incident.delivery,
    incident.row
from registers.nis_incidenter as incident
cross join core.review as review
where
    incident.registrerad > review.months_12_ago
    and incident.registrerad <= review.as_of
