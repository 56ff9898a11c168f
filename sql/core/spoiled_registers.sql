/*
about = """One row per organisation and register of which more than half of the rows read, in the deliveries in force,
stand in quarantine (docs/spec/indicators.md, State of a figure 2); a city-level register stands for every
organisation."""
grain = ["organisation", "register"]
*/
with spoiled as (
    select
        delivery.organisation,
        delivery.register
    from intake.deliveries as delivery
    where delivery.status = 'i kraft'
    group by
        delivery.organisation,
        delivery.register
    having 2 * sum(delivery.quarantined) > sum(delivery.read)
)

select
    spoiled.organisation,
    spoiled.register
from spoiled
where spoiled.organisation != 'staden'
union all
select
    organisation.organisation,
    spoiled.register
from spoiled
cross join intake.organisations as organisation
where spoiled.organisation = 'staden'
