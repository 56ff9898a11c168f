/*
title = "Genomförda aktiviteter"
title_en = "Plan activities done"
area = "Styrning"
kind = "share"
target = 100
needs = ["handlingsplan"]
motive = "S 3.1–3.3"
question = "Är årets aktiviteter i handlingsplanen som skulle vara klara genomförda?"
mend = """
Genomför aktiviteten och sätt Status till Klar och Klar till dagen i handlingsplanen. Ska den inte göras
beslutas det och Status blir Struken."""
chapter = "3"
iso = ["a"]

[sentence]
one = "aktivitet som skulle vara klar"
many = "aktiviteter som skulle vara klara"
does_one = "är genomförd"
does_many = "är genomförda"

[reach]
makes.handlingsplan = 1
*/
select
    activity.organisation,
    activity.aktivitets_id as key,
    activity.aktivitet as label,
    activity.done as ok,
    if(ok, null, coalesce('skulle vara klar ' || activity.klar_senast, 'inte klar, inget slutdatum')) as reason,
    activity.delivery,
    activity.row
from core.plan_activities as activity
cross join core.review as review
where
    activity.ar = review.year
    and (coalesce(activity.klar_senast <= review.as_of, true) or activity.done)
