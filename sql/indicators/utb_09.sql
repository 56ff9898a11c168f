/*
title = "Boenden utbildade i incidentrapportering"
title_en = "Care homes trained in incident reporting"
area = "Utbildning"
kind = "share"
target = 100
needs = ["enheter", "utbildningskrav", "utbildningstillfallen"]
motive = "S 3.1"
question = "Har boendet, som omfattas av NIS, haft lärarledd utbildning de senaste 24 månaderna?"
mend = """
Håll en lärarledd utbildning i incidentrapportering på boendet och för in tillfället med Kurskod, Enhet och
Datum bland utbildningstillfällena. Omfattas boendet inte av NIS rättas NIS i enhetsregistret."""
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "vård- och omsorgsboende som omfattas av NIS"
many = "vård- och omsorgsboenden som omfattas av NIS"
does_one = "har utbildats i incidentrapportering"
none = "Inget"

[reach]
makes.enheter = 1
decides.utbildningstillfallen = 1
decides.utbildningskrav = "any"
*/
with trained as (
    select distinct
        meeting.organisation,
        meeting.enhet
    from registers.utbildningstillfallen as meeting
    join core.requirements as requirement
        on requirement.kurskod = meeting.kurskod
    cross join core.review as review
    where
        requirement.form = 'Lärarledd'
        and requirement.malgrupp = 'Alla'
        and meeting.datum > review.months_24_ago
        and meeting.datum <= review.as_of
)

select
    unit.organisation,
    unit.enhet as unit,
    unit.enhet as key,
    unit.enhetsnamn as label,
    trained.enhet is not null as ok,
    if(ok, null, 'ingen lärarledd utbildning de senaste 24 månaderna') as reason,
    unit.delivery,
    unit.row
from core.active_units as unit
left join trained
    on trained.organisation = unit.organisation
    and trained.enhet = unit.enhet
where
    unit.verksamhet = 'Vård- och omsorgsboende'
    and unit.nis
