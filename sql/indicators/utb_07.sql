/*
title = "Fysiska utbildningar för nya chefer"
title_en = "Classroom trainings held for new managers"
area = "Utbildning"
kind = "count"
target = 1
needs = ["utbildningskrav", "utbildningstillfallen"]
motive = "S 3.1–3.3"
question = "Hur många utbildningstillfällen för nya chefer har hållits i år?"
mend = """
Planera och håll minst en fysisk utbildning för nya chefer i år, och för in tillfället med Kurskod och Datum
bland utbildningstillfällena."""
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "fysisk utbildning för nya chefer"
many = "fysiska utbildningar för nya chefer"
does_one = "har hållits i år"

[reach]
makes.utbildningstillfallen = 1
decides.utbildningskrav = "any"
*/
with courses as (
    select distinct requirement.kurskod
    from core.requirements as requirement
    where requirement.malgrupp = 'Nya chefer'
)

select
    meeting.organisation,
    meeting.enhet as unit,
    meeting.tillfalles_id as key,
    meeting.kurskod as label,
    true as ok,
    meeting.delivery,
    meeting.row
from registers.utbildningstillfallen as meeting
join courses
    on courses.kurskod = meeting.kurskod
cross join core.review as review
where meeting.datum between review.year_start and review.as_of
