/*
title = "Klassade tillgångar med behörighetsrutin"
title_en = "Classified assets with an access routine"
area = "Styrning"
kind = "share"
target = 100
needs = ["informationstillgangar", "klassningar"]
motive = "S 2.2.3.1"
question = "Har varje klassad informationstillgång en beslutad behörighetsrutin?"
mend = """
Besluta en rutin för vem som får behörighet till tillgången, hur den tas bort och hur den följs upp. Skriv
beslutets dag i Behörighetsrutin i förteckningen över informationstillgångar."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "klassad informationstillgång"
many = "klassade informationstillgångar"
does_one = "har en behörighetsrutin"

[reach]
makes.informationstillgangar = 1
alters.klassningar = "assets of a system"
*/
select
    asset.organisation,
    asset.enhet as unit,
    asset.tillgangs_id as key,
    asset.tillgang as label,
    coalesce(asset.behorighetsrutin <= review.as_of, false) as ok,
    if(ok, null, coalesce('beslutad först ' || asset.behorighetsrutin, 'ingen behörighetsrutin')) as reason,
    asset.delivery,
    asset.row
from core.active_assets as asset
cross join core.review as review
where asset.classified
