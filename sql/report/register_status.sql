/*
about = """How each register of an organisation, or of the city, stands on B. The page (docs/spec/interfaces.md, Start)."""
grain = ["organisation", "register"]
*/
select
    status.organisation,
    status.register,
    status.newest,
    status.age,
    status.status,
    status.reason,
    status.quarantined
from marts.register_status as status
order by status.organisation, status.register
