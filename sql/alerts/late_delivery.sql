/*
about = """One row per register whose newest delivery in force is older than the register's patience
(docs/spec/interfaces.md, Start)."""
kind = "leverans sen"
severity = "varning"
*/
select
    status.organisation,
    status.register,
    concat(
        'Senaste leveransen av ', coalesce(register.called, status.register), ' är från ', status.newest, ', mer än ', status.late_after,
        if(status.late_after = 1, ' dag', ' dagar'), ' gammal.'
    ) as text
from marts.register_status as status
left join intake.registers as register
    on register.register = status.register
where status.is_late
