/*
about = """One row per cell that put its row in quarantine or was dropped, of the deliveries in force (docs/spec/interfaces.md,
karantan.csv). A value that holds the id of a person with protected identity is not shown."""
*/
select
    fault.organisation,
    fault.register,
    fault.delivery,
    fault.row,
    fault."column",
    if(
        bool_or(contains(fault.value, protected.anstallnings_id)), null, any_value(fault.value)
    ) as value,
    fault.rule,
    fault.effect
from intake.faults as fault
left join core.protected_persons as protected
    on protected.organisation = fault.organisation
    and contains(fault.value, protected.anstallnings_id)
group by
    fault.organisation,
    fault.register,
    fault.delivery,
    fault.row,
    fault."column",
    fault.rule,
    fault.effect
