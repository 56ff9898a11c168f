/*
about = """One row per person of the management on B, employed (Roll Ledning, UTB-08) or elected (`elected`, UTB-10), with
the courses of management_courses that he or she has not taken; `lacking` is NULL where none is. No rows where no course
is required (docs/spec/indicators.md, UTB-08 and UTB-10)."""
grain = ["organisation", "elected", "anstallnings_id"]
*/
with management as (
    select
        person.organisation,
        false as elected,
        person.anstallnings_id,
        person.enhet,
        person.roll as role,
        person.protected,
        person.delivery,
        person.row
    from core.employees as person
    where
        person.employed
        and person.roll = 'Ledning'
    union all
    select
        member.organisation,
        true as elected,
        member.person_id as anstallnings_id,
        null as enhet,
        member.uppdrag as role,
        protected.anstallnings_id is not null as protected,
        member.delivery,
        member.row
    from registers.fortroendevalda as member
    cross join core.review as review
    left join core.protected_persons as protected
        on protected.organisation = member.organisation
        and protected.anstallnings_id = member.person_id
    where
        member.fran <= review.as_of
        and coalesce(member.till >= review.as_of, true)
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
    person.elected,
    person.anstallnings_id,
    any_value(person.enhet) as enhet,
    any_value(person.role) as role,
    any_value(person.protected) as protected,
    string_agg(
        concat_ws(' ', course.kurskod, nullif(course.avsnitt, 0)), ', ' order by course.kurskod, course.avsnitt
    ) filter (where taken.kurskod is null) as lacking,
    any_value(person.delivery) as delivery,
    any_value(person.row) as row
from management as person
cross join core.management_courses as course
left join taken
    on taken.organisation = person.organisation
    and taken.anstallnings_id = person.anstallnings_id
    and taken.kurskod = course.kurskod
    and taken.avsnitt = course.avsnitt
group by
    person.organisation,
    person.elected,
    person.anstallnings_id
