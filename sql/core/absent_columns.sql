/*
about = """One row per organisation and column of a register that a delivery in force came without because its source doesn't
have it (docs/spec/sources.md, absent); a city-level register stands for every organisation."""
grain = ["organisation", "register", "column"]
*/
with absent as (
    select distinct
        delivery.organisation,
        delivery.register,
        unnest(delivery.absent) as "column"
    from intake.deliveries as delivery
    where delivery.status = 'i kraft'
)

select
    absent.organisation,
    absent.register,
    absent."column"
from absent
where absent.organisation != 'staden'
union all
select
    organisation.organisation,
    absent.register,
    absent."column"
from absent
cross join intake.organisations as organisation
where absent.organisation = 'staden'
