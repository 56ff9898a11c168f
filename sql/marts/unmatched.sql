/*
about = """One row per reference that points at nothing and may be shown (docs/spec/indicators.md, omatchade): never the id of a
person with protected identity, nor a row of the personnel register about one, nor an id that stands in a
quarantined row of that register."""
grain = ["organisation", "register", "delivery", "row", "column", "value", "target"]
*/
with hidden_ids as (
    select
        protected.organisation,
        protected.anstallnings_id as id
    from core.protected_persons as protected
    union
    select
        rejected.organisation,
        rejected.key[1] as id
    from intake.rejected as rejected
    where rejected.register = 'personal'
),

protected_rows as (
    select
        person.organisation,
        'personal' as register,
        person.delivery,
        person.row
    from core.employees as person
    where person.protected
)
select
    unmatched.organisation,
    unmatched.register,
    unmatched.delivery,
    unmatched.row,
    unmatched."column",
    -- an e-mail address in a code column lands as its keyed hash
    if(starts_with(unmatched.value, 'hash:'), '[visas inte]', unmatched.value) as value,
    unmatched.target
from intake.unmatched as unmatched
-- in whichever column it stands: an id may be typed into the wrong one
anti join hidden_ids
    on hidden_ids.organisation = unmatched.organisation
    and hidden_ids.id = unmatched.value
anti join protected_rows
    on protected_rows.organisation = unmatched.organisation
    and protected_rows.register = unmatched.register
    and protected_rows.delivery = unmatched.delivery
    and protected_rows.row = unmatched.row
