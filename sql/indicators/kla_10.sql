/*
title = "Bekräftad inventering"
title_en = "Inventory confirmed"
area = "Klassning"
kind = "share"
target = 100
needs = ["informationstillgangar"]
motive = "S 3.1"
question = "Är varje aktiv informationstillgång bekräftad i inventeringen det senaste året?"
mend = """
Fråga informationsägaren om uppgifterna om tillgången stämmer, rätta dem som inte gör det och skriv dagen i
Bekräftad. Används den inte längre sätts Aktiv till Nej."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "informationstillgång"
many = "informationstillgångar"
does_one = "har bekräftats i en inventering det senaste året"

[reach]
makes.informationstillgangar = 1
*/
select
    asset.organisation,
    asset.enhet as unit,
    asset.tillgangs_id as key,
    asset.tillgang as label,
    coalesce(asset.bekraftad > review.months_12_ago and asset.bekraftad <= review.as_of, false) as ok,
    if(ok, null, coalesce('bekräftad ' || asset.bekraftad, 'aldrig bekräftad')) as reason,
    asset.delivery,
    asset.row
from core.active_assets as asset
cross join core.review as review
