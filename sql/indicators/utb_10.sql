/*
title = "Förtroendevaldas utbildning"
title_en = "Training of elected members"
area = "Utbildning"
kind = "share"
target = 100
law = true
first_day = 2026-01-15
needs = ["fortroendevalda", "utbildning", "utbildningskrav"]
motive = "cybersäkerhetslagen 2 kap. 4 §"
question = "Har den förtroendevalda själv gått all utbildning som krävs av ledningen?"
mend = """
Se till att den förtroendevalda går de kurser som orsaken räknar upp: lagen kräver det av ledningen själv. Har
uppdraget upphört rättas Till i förteckningen över förtroendevalda."""
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "förtroendevald"
many = "förtroendevalda"
does_one = "har gått den utbildning som krävs av ledningen"

[reach]
makes.fortroendevalda = 1
decides.utbildning = 1
demands.utbildningskrav = "any"
*/
select
    member.organisation,
    member.anstallnings_id as key,
    member.role as label,
    member.lacking is null as ok,
    member.protected,
    'saknar genomförd kurs: ' || member.lacking as reason,
    member.delivery,
    member.row,
    null as obstacle
from core.management_training as member
where member.elected
union all by name
select
    everybody.organisation,
    'inget krav' as obstacle
from intake.organisations as everybody
where not exists (select course.kurskod from core.management_courses as course)
