/*
title = "Genomförda kontroller"
title_en = "Controls carried out"
area = "Styrning"
kind = "share"
target = 100
needs = ["internkontroll"]
motive = "S 2.2.3.2"
question = "Är årets kontroller i internkontrollplanen utförda?"
mend = "Utför kontrollen och skriv dagen i Utförd och utfallet i Resultat i internkontrollen."
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "planerad kontroll"
many = "planerade kontroller"
does_one = "är genomförd"
does_many = "är genomförda"

[reach]
makes.internkontroll = 1
*/
select
    control.organisation,
    control.enhet as unit,
    control.kontroll_id as key,
    control.kontroll as label,
    coalesce(control.utford <= review.as_of, false) as ok,
    if(ok, null, coalesce('utförd först ' || control.utford, 'inte utförd')) as reason,
    control.delivery,
    control.row
from registers.internkontroll as control
cross join core.review as review
where control.ar = review.year
