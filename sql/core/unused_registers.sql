/*
about = """One row per organisation, or the city (`staden`), and register that it doesn't use so far (docs/spec/sources.md,
5): it has a list, and that leaves it out. A register of the city's that an organisation's list leaves out is used
there all the same as soon as the city has delivered it; one that the city leaves out is used only by
organisations that name it."""
grain = ["organisation", "register"]
*/
with naming as (
    select
        organisation.organisation,
        register.register,
        register.level = 'city' as is_of_the_city,
        coalesce(list_contains(register.named_by, organisation.organisation), false) as is_named,
        coalesce(list_contains(register.left_out_by, organisation.organisation), false) as is_left_out,
        coalesce(list_contains(register.left_out_by, 'staden'), false) as is_left_out_by_city
    from intake.organisations as organisation
    cross join intake.registers as register
)

select
    naming.organisation,
    naming.register
from naming
left join intake.coverage as coverage
    on coverage.organisation = naming.organisation
    and coverage.register = naming.register
where
    not naming.is_named
    and case
        when not naming.is_of_the_city then naming.is_left_out
        else naming.is_left_out_by_city or (naming.is_left_out and coverage.confirmed is null)
    end
union all
select
    'staden' as organisation,
    register.register
from intake.registers as register
where
    register.level = 'city'
    and list_contains(register.left_out_by, 'staden')
