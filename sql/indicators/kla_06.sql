/*
title = "Klassade processer med stora volymer känsliga uppgifter"
title_en = "Classified processes with large volumes of sensitive data"
area = "Klassning"
kind = "share"
target = 100
first_day = 2025-01-01
needs = ["informationstillgangar", "klassningar"]
motive = "S 3.2"
question = "Är varje aktiv tillgång med stor volym känsliga uppgifter klassad de senaste 36 månaderna?"
mend = """
Klassa tillgången, eller dess system, i KLASSA. För in klassningen med Avser-id, Genomförd och Status Klar.
Rymmer den ingen stor volym känsliga uppgifter rättas kolumnen Stor volym känsliga."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "process med stora volymer känsliga uppgifter"
many = "processer med stora volymer känsliga uppgifter"
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
where asset.stor_volym_kansliga
