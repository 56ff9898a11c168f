/*
title = "Åtgärdade avvikelser"
title_en = "Deviations remedied"
area = "Styrning"
kind = "share"
target = 90
needs = ["internkontroll"]
motive = "S 2.2.3.2"
question = "Är de avvikelser åtgärdade vars åtgärd skulle vara klar?"
mend = """
Slutför åtgärden och skriv dagen i Åtgärd klar i internkontrollen. Har planen ändrats genom beslut rättas
Åtgärd klar senast."""
chapter = "2.2.3.2"
iso = ["d1"]

[sentence]
one = "avvikelse som skulle vara åtgärdad"
many = "avvikelser som skulle vara åtgärdade"
does_one = "är åtgärdad"
does_many = "är åtgärdade"

[reach]
makes.internkontroll = 1
*/
select
    control.organisation,
    control.enhet as unit,
    control.kontroll_id as key,
    control.kontroll as label,
    coalesce(control.atgard_klar <= review.as_of, false) as ok,
    if(ok, null, 'åtgärden skulle vara klar ' || control.atgard_klar_senast) as reason,
    control.delivery,
    control.row
from registers.internkontroll as control
cross join core.review as review
where
    control.resultat = 'Avvikelse'
    and control.atgard_klar_senast <= review.as_of
