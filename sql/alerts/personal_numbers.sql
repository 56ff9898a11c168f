/*
about = """One row per register in whose texts personal numbers seem to stand. Counts only: personnummer_i_fritext.csv holds
the places."""
kind = "personnummer i fritext"
severity = "varning"
when_blocked = "keep open"
*/
select
    place.organisation,
    place.register,
    concat(
        count(*), if(count(*) = 1, ' ställe', ' ställen'), ' i ', coalesce(register.called, place.register),
        ' ser ut att innehålla personnummer. Se bristlistor/personnummer_i_fritext.csv.'
    ) as text
from marts.personal_numbers as place
left join intake.registers as register
    on register.register = place.register
group by
    place.organisation,
    place.register,
    register.called
