/*
title = "Nya chefer med fysisk utbildning"
title_en = "New managers trained in the classroom"
area = "Utbildning"
kind = "share"
target = 100
needs = ["personal", "utbildningskrav", "utbildningstillfallen", "utbildning"]
motive = "S 3.1–3.3"
question = "Har chefen, tillträdd för mellan 60 dagar och ett år sedan, gått utbildningen för nya chefer?"
mend = """
Boka in chefen på nästa utbildning för nya chefer. Har chefen redan deltagit läggs anställnings-id till i
Deltagare för tillfället."""
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "ny chef"
many = "nya chefer"
does_one = "har gått den fysiska utbildningen"

[reach]
makes.personal = 1
decides.utbildning = 1
decides.utbildningstillfallen = "any"
decides.utbildningskrav = "any"
*/
with courses as (
    select distinct requirement.kurskod
    from core.requirements as requirement
    where requirement.malgrupp = 'Nya chefer'
),

trained as (
    select
        meeting.organisation,
        unnest(meeting.deltagare) as anstallnings_id
    from registers.utbildningstillfallen as meeting
    join courses
        on courses.kurskod = meeting.kurskod
    cross join core.review as review
    where meeting.datum <= review.as_of
    union
    select
        completion.organisation,
        completion.anstallnings_id
    from core.completions as completion
    join courses
        on courses.kurskod = completion.kurskod
    where completion.evidence
)

select
    person.organisation,
    person.enhet as unit,
    person.anstallnings_id as key,
    person.roll as label,
    trained.anstallnings_id is not null as ok,
    person.protected,
    if(ok, null, 'har inte gått utbildningen för nya chefer') as reason,
    person.delivery,
    person.row,
    null as obstacle
from core.employees as person
cross join core.review as review
left join trained
    on trained.organisation = person.organisation
    and trained.anstallnings_id = person.anstallnings_id
where
    person.employed
    and person.manager
    and person.chef_fran > review.as_of - 365
    and person.chef_fran <= review.as_of - 60
union all by name
select
    unknown.organisation,
    'okända anställnings-id' as obstacle
from core.unknown_learners as unknown
