/*
title = "Chefers avsnitt"
title_en = "Managers' course sections"
area = "Utbildning"
kind = "share"
target = 100
needs = ["personal", "utbildning", "utbildningskrav"]
motive = "S 3.1"
question = "Har chefen själv gått igenom avsnittet för chefer, släppt för minst 30 dagar sedan?"
mend = """
Be chefen gå igenom avsnittet i lärplattformen. Är den anställda inte längre chef rättas Roll i
personalregistret."""
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "avsnitt som en chef ska ha gått"
many = "avsnitt som cheferna ska ha gått"
does_one = "är genomfört"
does_many = "är genomförda"
none = "Inget"

[reach]
makes.personal = "manager sections"
decides.utbildning = 1
alters.utbildningskrav = "managers"
*/
with sections as (
    select
        requirement.kurskod,
        requirement.kurs,
        requirement.avsnitt
    from core.requirements as requirement
    where
        requirement.valid_30_days_ago
        and requirement.malgrupp = 'Chefer'
        and requirement.form = 'Enskild'
        and requirement.avsnitt >= 1
),

taken as (
    select distinct
        completion.organisation,
        completion.anstallnings_id,
        completion.kurskod,
        completion.avsnitt
    from core.completions as completion
    where completion.evidence
)

select
    person.organisation,
    person.enhet as unit,
    concat_ws(' / ', person.anstallnings_id, sections.kurskod, sections.avsnitt) as key,
    sections.kurs as label,
    taken.kurskod is not null as ok,
    person.protected,
    if(ok, null, 'avsnittet är inte genomfört') as reason,
    person.delivery,
    person.row,
    null as obstacle
from core.employees as person
cross join sections
left join taken
    on taken.organisation = person.organisation
    and taken.anstallnings_id = person.anstallnings_id
    and taken.kurskod = sections.kurskod
    and taken.avsnitt = sections.avsnitt
where
    person.in_training_scope
    and person.manager
union all by name
select
    everybody.organisation,
    'inget krav' as obstacle
from intake.organisations as everybody
where not exists (select sections.kurskod from sections)
union all by name
select
    unknown.organisation,
    'okända anställnings-id' as obstacle
from core.unknown_learners as unknown
