/*
title = "Försenade aktiviteter"
title_en = "Plan activities overdue"
area = "Styrning"
kind = "open"
target = 0
needs = ["handlingsplan"]
motive = "S 3"
question = "Är de aktiviteter i handlingsplanen vars slutdatum har passerat genomförda?"
mend = """
Genomför aktiviteten och sätt Status till Klar, eller besluta ett nytt Klar senast. Ska den inte göras blir
Status Struken."""
chapter = "3"
iso = ["a"]

[sentence]
one = "aktivitet i planen"
many = "aktiviteter i planen"
does_one = "är försenad"
does_many = "är försenade"

[reach]
makes.handlingsplan = 1
*/
select
    activity.organisation,
    activity.aktivitets_id as key,
    activity.aktivitet as label,
    activity.done as ok,
    if(ok, null, 'skulle vara klar ' || activity.klar_senast) as reason,
    activity.delivery,
    activity.row
from core.plan_activities as activity
cross join core.review as review
where activity.klar_senast < review.as_of
