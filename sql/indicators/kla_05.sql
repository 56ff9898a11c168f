/*
title = "Klassade NIS-processer"
title_en = "Classified NIS processes"
area = "Klassning"
kind = "share"
target = 100
needs = ["informationstillgangar", "klassningar"]
motive = "S 3.1"
question = "Är varje aktiv informationstillgång som omfattas av NIS klassad de senaste 36 månaderna?"
mend = """
Klassa tillgången, eller dess system, i KLASSA före andra tillgångar: den samhällsviktiga tjänsten hänger på
den. För in klassningen med Avser-id, Genomförd och Status Klar. Omfattas den inte av NIS rättas kolumnen NIS."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "process som omfattas av NIS"
many = "processer som omfattas av NIS"
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
where asset.nis
