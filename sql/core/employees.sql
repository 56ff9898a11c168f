/*
about = """One row per person in personal, those who have left too, with what holds on B
(docs/spec/indicators.md, Common terms: employed on D, in scope for training, manager)."""
grain = ["organisation", "anstallnings_id"]
*/
select
    person.organisation,
    person.anstallnings_id,
    person.enhet,
    person.roll,
    person.anstalld_fran,
    person.anstalld_till,
    person.chef_fran,
    person.roll in ('Chef', 'Ledning') as manager,
    person.anstalld_fran <= review.as_of
        and coalesce(person.anstalld_till >= review.as_of, true) as employed,
    employed
        and person.anstalld_fran <= review.as_of - 90
        and person.franvaro is null as in_training_scope,
    protected.anstallnings_id is not null as protected,
    person.delivery,
    person.row
from registers.personal as person
cross join core.review as review
left join core.protected_persons as protected
    on protected.organisation = person.organisation
    and protected.anstallnings_id = person.anstallnings_id
