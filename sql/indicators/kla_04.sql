/*
title = "Klassade informationstillgångar"
title_en = "Classified information assets"
area = "Klassning"
kind = "share"
target = 80
needs = ["informationstillgangar", "klassningar"]
motive = "S 2.2.4"
question = "Är varje aktiv informationstillgång eller dess system klassade de senaste 36 månaderna?"
mend = """
Klassa tillgången, eller systemet som den finns i, i KLASSA. För in klassningen med Avser-id, Genomförd och
Status Klar. Används tillgången inte längre sätts Aktiv till Nej."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "informationstillgång"
many = "informationstillgångar"
does_one = "är klassad"
does_many = "är klassade"

[reach]
makes.informationstillgangar = 1
decides.klassningar = "assets of a system"
*/
select
    asset.organisation,
    asset.enhet as unit,
    asset.tillgangs_id as key,
    asset.tillgang as label,
    asset.classified as ok,
    asset.why_not_classified as reason,
    asset.delivery,
    asset.row
from core.active_assets as asset
