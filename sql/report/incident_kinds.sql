/*
about = """How many personal data breaches of each kind (Typ) were registered in the last twelve months, by organisation and
in the city as a whole, the most common first. The chart on the first page."""
grain = ["organisation", "incident_kind"]
*/
with breaches as (
    select
        breach.organisation,
        coalesce(breach.typ, 'Uppgift saknas') as incident_kind
    from core.breaches as breach
    union all
    select
        'staden' as organisation,
        coalesce(breach.typ, 'Uppgift saknas') as incident_kind
    from core.breaches as breach
)
select
    breaches.organisation,
    breaches.incident_kind,
    count(*) as incidents
from breaches
group by
    breaches.organisation,
    breaches.incident_kind
order by breaches.organisation, incidents desc, breaches.incident_kind
