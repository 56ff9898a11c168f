/*
about = """One row per reference that points at nothing and may be shown (docs/spec/indicators.md, omatchade): never the id of a
person with protected identity, nor a row of the personnel register about one, nor an id that stands in a
quarantined row of that register. `number` tells the records apart that stand on one row of the file
(docs/spec/sources.md)."""
grain = ["organisation", "register", "delivery", "row", "column", "value", "target", "number"]
*/
with protected_rows as (
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
    -- what may not be shown has landed as its keyed hash
    if(starts_with(unmatched.value, 'hash:'), '[visas inte]', unmatched.value) as value,
    unmatched.target,
    row_number() over (
        partition by
            unmatched.organisation, unmatched.register, unmatched.delivery, unmatched.row, unmatched."column",
            if(starts_with(unmatched.value, 'hash:'), 'hash:', unmatched.value), unmatched.target
    ) as number
from intake.unmatched as unmatched
-- in whichever column it stands: an id may be typed into the wrong one
anti join core.hidden_ids as hidden_ids
    on hidden_ids.organisation = unmatched.organisation
    and hidden_ids.id = unmatched.value
anti join protected_rows
    on protected_rows.organisation = unmatched.organisation
    and protected_rows.register = unmatched.register
    and protected_rows.delivery = unmatched.delivery
    and protected_rows.row = unmatched.row
