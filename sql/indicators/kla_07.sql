/*
title = "Klassade RSA-prioriterade processer"
title_en = "Classified processes given priority by the risk analysis"
area = "Klassning"
kind = "share"
target = 100
first_day = 2026-01-01
needs = ["informationstillgangar", "klassningar"]
motive = "S 3.3"
question = "Är varje aktiv informationstillgång som RSA prioriterar klassad de senaste 36 månaderna?"
mend = """
Klassa tillgången, eller dess system, i KLASSA. För in klassningen med Avser-id, Genomförd och Status Klar. Är
den inte prioriterad i risk- och sårbarhetsanalysen rättas kolumnen RSA-prioriterad."""
chapter = "2.2.2"
iso = ["d2"]

[sentence]
one = "process som prioriteras i RSA-arbetet"
many = "processer som prioriteras i RSA-arbetet"
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
where asset.rsa_prioriterad
