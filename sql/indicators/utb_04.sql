/*
title = "Avsnitt genomgångna gemensamt"
title_en = "Sections gone through together"
area = "Utbildning"
kind = "share"
target = 100
needs = ["enheter", "utbildningskrav", "utbildningstillfallen"]
motive = "S 3.1"
question = "Har enheten gemensamt gått igenom avsnittet, släppt för minst 30 dagar sedan?"
mend = """
Gå igenom avsnittet tillsammans på enheten, till exempel på en arbetsplatsträff, och för in tillfället med
Kurskod, Avsnitt, Enhet och Datum bland utbildningstillfällena."""
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "avsnitt som en enhet ska ha gått igenom tillsammans"
many = "avsnitt som enheterna ska ha gått igenom tillsammans"
does_one = "är genomgånget"
does_many = "är genomgångna"
none = "Inget"

[reach]
makes.enheter = "joint sections"
decides.utbildningstillfallen = 1
alters.utbildningskrav = "active units"
*/
with sections as (
    select
        requirement.kurskod,
        requirement.kurs,
        requirement.avsnitt
    from core.requirements as requirement
    where
        requirement.valid_30_days_ago
        and requirement.malgrupp = 'Medarbetare'
        and requirement.form = 'Gemensam'
        and requirement.avsnitt >= 1
),

held as (
    select distinct
        meeting.organisation,
        meeting.enhet,
        meeting.kurskod,
        meeting.avsnitt
    from registers.utbildningstillfallen as meeting
    cross join core.review as review
    where meeting.datum <= review.as_of
)

select
    unit.organisation,
    unit.enhet as unit,
    concat_ws(' / ', unit.enhet, sections.kurskod, sections.avsnitt) as key,
    sections.kurs as label,
    held.kurskod is not null as ok,
    if(ok, null, 'inget tillfälle har hållits') as reason,
    unit.delivery,
    unit.row,
    null as obstacle
from core.active_units as unit
cross join sections
left join held
    on held.organisation = unit.organisation
    and held.enhet = unit.enhet
    and held.kurskod = sections.kurskod
    and held.avsnitt = sections.avsnitt
union all by name
select
    everybody.organisation,
    'inget krav' as obstacle
from intake.organisations as everybody
where not exists (select sections.kurskod from sections)
