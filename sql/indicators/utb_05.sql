/*
title = "Medarbetare nådda av gemensam utbildning"
title_en = "Employees reached by joint training"
area = "Utbildning"
kind = "share"
target = 80
needs = ["personal", "utbildningskrav", "utbildningstillfallen"]
motive = "S 3.1"
question = "Hur många av enhetens medarbetare deltog när avsnittet gicks igenom gemensamt?"
mend = """
Lägg nästa tillfälle så att alla kan vara med, till exempel på en arbetsplatsträff. Var fler med än som står:
rätta Antal deltagare för tillfället. Ett tillfälle där inte alla var med står kvar året ut."""
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "möjlig deltagare"
many = "möjliga deltagare"
does_one = "har nåtts av de gemensamma utbildningarna"
*/
with joint_courses as (
    select distinct requirement.kurskod
    from core.requirements as requirement
    where requirement.form = 'Gemensam'
),

meetings as (
    select
        meeting.organisation,
        meeting.tillfalles_id,
        meeting.kurskod,
        meeting.enhet,
        meeting.datum,
        coalesce(meeting.antal_deltagare, len(list_distinct(meeting.deltagare))) as attendance,
        meeting.delivery,
        meeting.row
    from registers.utbildningstillfallen as meeting
    join joint_courses
        on joint_courses.kurskod = meeting.kurskod
    cross join core.review as review
    where meeting.datum between review.year_start and review.as_of
),

staff as (
    select
        meeting.organisation,
        meeting.tillfalles_id,
        count(*) as persons
    from meetings as meeting
    join core.employees as person
        on person.organisation = meeting.organisation
        and person.enhet = meeting.enhet
        and person.roll = 'Medarbetare'
        and person.anstalld_fran <= meeting.datum
        and coalesce(person.anstalld_till >= meeting.datum, true)
    group by meeting.organisation, meeting.tillfalles_id
)

select
    meeting.organisation,
    meeting.enhet as unit,
    meeting.tillfalles_id as key,
    meeting.kurskod as label,
    meeting.attendance is not null as measured,
    if(measured, least(meeting.attendance, staff.persons), null) as numerator,
    staff.persons as denominator,
    numerator = denominator as ok,
    case
        when not measured then 'antal deltagare saknas'
        when not ok then format('nådde {} av {} medarbetare', numerator, denominator)
    end as reason,
    meeting.delivery,
    meeting.row
from meetings as meeting
join staff
    on staff.organisation = meeting.organisation
    and staff.tillfalles_id = meeting.tillfalles_id
