/*
about = """One row per subject and person in scope for training, with the mandatory courses that he or she
has not taken this year (docs/spec/indicators.md, UTB-01 and UTB-02); `lacking` is NULL where none is."""
grain = ["subject", "organisation", "anstallnings_id"]
*/
with taken as (
    select distinct
        completion.organisation,
        completion.anstallnings_id,
        completion.kurskod
    from core.completions as completion
    cross join core.review as review
    where
        completion.avsnitt = 0
        and completion.evidence
        and completion.genomford_day >= review.year_start
)

select
    course.subject,
    person.organisation,
    person.anstallnings_id,
    any_value(person.enhet) as enhet,
    any_value(person.roll) as roll,
    any_value(person.protected) as protected,
    any_value(person.delivery) as delivery,
    any_value(person.row) as row,
    string_agg(course.kurskod, ', ' order by course.kurskod) filter (where taken.kurskod is null) as lacking
from core.employees as person
cross join core.mandatory_courses as course
left join taken
    on taken.organisation = person.organisation
    and taken.anstallnings_id = person.anstallnings_id
    and taken.kurskod = course.kurskod
where person.in_training_scope
group by
    course.subject,
    person.organisation,
    person.anstallnings_id
