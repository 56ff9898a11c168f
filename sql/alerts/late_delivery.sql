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
        'Senaste leveransen av ', status.register, ' är från ', status.newest, ', mer än ', status.late_after,
        if(status.late_after = 1, ' dag', ' dagar'), ' gammal.'
    ) as text
from marts.register_status as status
where status.is_late
