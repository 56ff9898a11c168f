/*
title = "Godkända kontroller"
title_en = "Controls passed"
area = "Styrning"
kind = "share"
target = 90
needs = ["internkontroll"]
motive = "S 2.2.3.2"
question = "Är de kontroller som utförts hittills i år godkända?"
mend = """
Bestäm vad som ska göras åt avvikelsen och när, och skriv det i Åtgärd klar senast. Utfallet i år står kvar;
det nästa kontroll visar är det som räknas framöver."""
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "genomförd kontroll"
many = "genomförda kontroller"
does_one = "är godkänd"
does_many = "är godkända"

[reach]
makes.internkontroll = 1
*/
select
    control.organisation,
    control.enhet as unit,
    control.kontroll_id as key,
    control.kontroll as label,
    coalesce(control.resultat = 'Godkänd', false) as ok,
    if(ok, null, coalesce(lower(control.resultat), 'resultat saknas')) as reason,
    control.delivery,
    control.row
from registers.internkontroll as control
cross join core.review as review
where control.utford between review.year_start and review.as_of
