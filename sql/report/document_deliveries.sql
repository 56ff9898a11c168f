/*
about = """One row per organisation, and the city, and register with a delivery in force, so that nothing is claimed of a
register that never came. A register of the city's stands for every organisation too."""
grain = ["organisation", "register"]
*/
select
    coverage.organisation,
    coverage.register
from intake.coverage as coverage
union
select
    delivery.organisation,
    delivery.register
from intake.deliveries as delivery
where
    delivery.organisation = 'staden'
    and delivery.status = 'i kraft'
order by organisation, register
