/*
about = """One row per subject, organisation and reason why mandatory e-learning can't be measured there
(docs/spec/indicators.md, State of a figure 3 and 4, and UTB-01)."""
grain = ["subject", "organisation", "obstacle"]
*/
with subjects as (
    select unnest(['Informationssäkerhet', 'Dataskydd']) as subject
),

completed_this_year as (
    select
        course.subject,
        completion.organisation,
        count(*) as rows_read,
        count(*) filter (where completion.bulk) as rows_bulk
    from core.completions as completion
    join core.mandatory_courses as course
        on course.kurskod = completion.kurskod
    cross join core.review as review
    where
        completion.avsnitt = 0
        and completion.status = 'Genomförd'
        and completion.genomford_day between review.year_start and review.as_of
    group by course.subject, completion.organisation
)

select
    subjects.subject,
    everybody.organisation,
    'inget krav' as obstacle
from subjects
cross join intake.organisations as everybody
anti join core.mandatory_courses as course
    on course.subject = subjects.subject
union all
select
    completed_this_year.subject,
    completed_this_year.organisation,
    'massregistrering' as obstacle
from completed_this_year
where 10 * completed_this_year.rows_bulk > completed_this_year.rows_read  -- more than 10 %
union all
select
    subjects.subject,
    unknown.organisation,
    'okända anställnings-id' as obstacle
from subjects
cross join core.unknown_learners as unknown
