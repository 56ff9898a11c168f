/*
about = """One row per course section that is or was mandatory for somebody, valid or not.
`valid` and `valid_30_days_ago`: docs/spec/indicators.md, valid requirement on B and on B - 30 days;
only the release moves with the day, the end is always held against B."""
grain = ["kurskod", "avsnitt"]
*/
select
    requirement.kurskod,
    requirement.avsnitt,
    requirement.kurs,
    requirement.amne,
    requirement.malgrupp,
    requirement.form,
    coalesce(requirement.galler_till >= review.as_of, true) as not_ended,
    not_ended and requirement.slapps <= review.as_of as valid,
    not_ended and requirement.slapps <= review.as_of - 30 as valid_30_days_ago
from registers.utbildningskrav as requirement
cross join core.review as review
