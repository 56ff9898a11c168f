/*
title = "Ledningens utbildning"
title_en = "Training of the management"
area = "Utbildning"
kind = "share"
target = 100
law = true
first_day = 2026-01-15
needs = ["personal", "utbildning", "utbildningskrav"]
motive = "cybersäkerhetslagen 2 kap. 4 §"
question = "Har personen i ledningen själv gått all utbildning som krävs av ledningen?"
mend = """
Se till att personen i ledningen går de kurser som orsaken räknar upp: lagen kräver det av ledningen själv.
Genomförandet hämtas ur lärplattformen."""
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "person i ledningen"
many = "personer i ledningen"
does_one = "har gått ledningens utbildning"

[reach]
makes.personal = 1
decides.utbildning = 1
demands.utbildningskrav = "any"
*/
select
    person.organisation,
    person.enhet as unit,
    person.anstallnings_id as key,
    person.role as label,
    person.lacking is null as ok,
    person.protected,
    'saknar genomförd kurs: ' || person.lacking as reason,
    person.delivery,
    person.row,
    null as obstacle
from core.management_training as person
where not person.elected
union all by name
select
    everybody.organisation,
    'inget krav' as obstacle
from intake.organisations as everybody
where not exists (select course.kurskod from core.management_courses as course)
union all by name
select
    unknown.organisation,
    'okända anställnings-id' as obstacle
from core.unknown_learners as unknown
