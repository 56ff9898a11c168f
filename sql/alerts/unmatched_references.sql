/*
about = "One row per register whose rows point at something that isn't there. Counts only: omatchade.csv holds the rows."
kind = "omatchade poster"
severity = "varning"
when_blocked = "keep open"
*/
select
    unmatched.organisation,
    unmatched.register,
    concat(
        count(*), if(count(*) = 1, ' hänvisning', ' hänvisningar'), ' i ', coalesce(register.called, unmatched.register),
        ' pekar på något som inte finns. Se bristlistor/omatchade.csv.'
    ) as text
from marts.unmatched as unmatched
left join intake.registers as register
    on register.register = unmatched.register
group by
    unmatched.organisation,
    unmatched.register,
    register.called
