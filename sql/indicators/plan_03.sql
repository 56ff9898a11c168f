/*
title = "Aktiviteter utan ägare eller slutdatum"
title_en = "Plan activities without an owner or an end date"
area = "Styrning"
kind = "open"
target = 0
needs = ["handlingsplan"]
motive = "S 3"
question = "Har varje planerad eller pågående aktivitet en ansvarig funktion och ett slutdatum?"
mend = """
Bestäm vilken funktion som ansvarar och när aktiviteten ska vara klar, och fyll i Ansvarig funktion och Klar
senast i handlingsplanen."""
chapter = "3"
iso = ["a", "g"]

[sentence]
one = "aktivitet i planen"
many = "aktiviteter i planen"
does_one = "saknar ansvarig funktion eller slutdatum"

[reach]
makes.handlingsplan = 1
*/
with activities as (
    select
        activity.organisation,
        activity.aktivitets_id,
        activity.aktivitet,
        nullif(concat_ws(' och ',
            case when not activity.ansvarig_funktion_filled then 'ansvarig funktion' end,
            case when activity.klar_senast is null then 'slutdatum' end
        ), '') as missing,
        activity.delivery,
        activity.row
    from core.plan_activities as activity
    where activity.status in ('Planerad', 'Pågår')
)

select
    activity.organisation,
    activity.aktivitets_id as key,
    activity.aktivitet as label,
    activity.missing is null as ok,
    'saknar ' || activity.missing as reason,
    activity.delivery,
    activity.row
from activities as activity
