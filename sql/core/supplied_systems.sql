/*
about = """One row per system in use or being wound up that holds personal data and has a supplier (docs/spec/indicators.md, PUB-01),
so that a processor agreement may be needed."""
grain = ["organisation", "system_id"]
*/
select
    system.organisation,
    system.system_id,
    system.system,
    system.delivery,
    system.row
from registers.pm3_system as system
where
    system.livscykel in ('Drift', 'Avveckling')
    and system.personuppgifter
    and system.leverantor_filled
