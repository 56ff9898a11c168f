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
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "person i ledningen"
many = "personer i ledningen"
does_one = "har gått ledningens utbildning"
*/
with sections as (
    select
        requirement.kurskod,
        requirement.avsnitt
    from core.requirements as requirement
    where
        requirement.valid
        and requirement.malgrupp = 'Ledning'
),

taken as (
    select distinct
        completion.organisation,
        completion.anstallnings_id,
        completion.kurskod,
        completion.avsnitt
    from core.completions as completion
    where completion.evidence
),

lacking as (
    select
        person.organisation,
        person.anstallnings_id,
        string_agg(
            concat_ws(' ', sections.kurskod, nullif(sections.avsnitt, 0)),
            ', ' order by sections.kurskod, sections.avsnitt
        ) as courses
    from core.employees as person
    cross join sections
    anti join taken
        on taken.organisation = person.organisation
        and taken.anstallnings_id = person.anstallnings_id
        and taken.kurskod = sections.kurskod
        and taken.avsnitt = sections.avsnitt
    where person.roll = 'Ledning'
    group by person.organisation, person.anstallnings_id
)
select
    person.organisation,
    person.enhet as unit,
    person.anstallnings_id as key,
    person.roll as label,
    lacking.courses is null as ok,
    person.protected,
    'saknar genomförd kurs: ' || lacking.courses as reason,
    person.delivery,
    person.row,
    null as obstacle
from core.employees as person
left join lacking
    on lacking.organisation = person.organisation
    and lacking.anstallnings_id = person.anstallnings_id
where
    person.employed
    and person.roll = 'Ledning'
    and exists (select sections.kurskod from sections)
union all by name
select
    everybody.organisation,
    'inget krav' as obstacle
from intake.organisations as everybody
where not exists (select sections.kurskod from sections)
