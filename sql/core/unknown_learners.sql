/*
about = """One row per organisation whose completion export knows people by other ids than its personnel register: more
than half of those who completed anything in the last twelve months (R) are not in personal
(docs/spec/indicators.md, State of a figure 4)."""
grain = ["organisation"]
*/
with learners as (
    select distinct
        completion.organisation,
        completion.anstallnings_id
    from core.completions as completion
    cross join core.review as review
    where
        completion.status = 'Genomförd'
        and completion.genomford_day > review.months_12_ago
        and completion.genomford_day <= review.as_of
)

select
    learner.organisation,
    count(*) as learners,
    count(*) filter (where person.anstallnings_id is null) as unknown
from learners as learner
left join registers.personal as person
    on person.organisation = learner.organisation
    and person.anstallnings_id = learner.anstallnings_id
group by learner.organisation
having 2 * unknown > learners
