/*
about = """One row per indicator and organisation: whether the question can be asked there at all (docs/spec/indicators.md,
State of a figure, rules 1 to 4; `state` is NULL where it can), and `source_date`, the oldest of the newest
dates in force of the registers it needs (docs/spec/interfaces.md, Underlag per)."""
*/
with needs as (
    select
        indicator.indicator,
        unnest(indicator.needs) as register,
        generate_subscripts(indicator.needs, 1) as place
    from catalogue.indicators as indicator
),

sources as (
    select
        organisation.organisation,
        needs.indicator,
        string_agg(needs.register, ', ' order by needs.place) filter (where coverage.confirmed is null) as missing,
        string_agg(needs.register, ', ' order by needs.place) filter (where spoiled.register is not null) as spoiled,
        min(coverage.confirmed) as source_date
    from intake.organisations as organisation
    cross join needs
    left join intake.coverage as coverage
        on coverage.organisation = organisation.organisation
        and coverage.register = needs.register
    left join core.spoiled_registers as spoiled
        on spoiled.organisation = organisation.organisation
        and spoiled.register = needs.register
    group by
        organisation.organisation,
        needs.indicator
),

obstacles as (
    select
        obstacle.organisation,
        obstacle.indicator,
        bool_or(obstacle.obstacle = 'inget krav') as no_requirement,
        -- in the order of rule 4: massregistrering comes before okända anställnings-id
        min(obstacle.obstacle) filter (where obstacle.obstacle != 'inget krav') as hindrance
    from catalogue.obstacles as obstacle
    group by
        obstacle.organisation,
        obstacle.indicator
)
select
    indicator.indicator,
    organisation.organisation,
    case
        when review.as_of < indicator.first_day then 'ej tillämplig'
        when sources.missing is not null then 'ej mätbar'
        when sources.spoiled is not null then 'ej mätbar'
        when obstacles.no_requirement then 'ej tillämplig'
        when obstacles.hindrance is not null then 'ej mätbar'
    end as state,
    case
        when review.as_of < indicator.first_day then 'före ' || indicator.first_day
        when sources.missing is not null then 'underlag saknas: ' || sources.missing
        when sources.spoiled is not null then 'över hälften i karantän: ' || sources.spoiled
        when obstacles.no_requirement then 'inget krav'
        else obstacles.hindrance
    end as reason,
    sources.source_date
from catalogue.indicators as indicator
cross join core.review as review
cross join intake.organisations as organisation
left join sources
    on sources.indicator = indicator.indicator
    and sources.organisation = organisation.organisation
left join obstacles
    on obstacles.indicator = indicator.indicator
    and obstacles.organisation = organisation.organisation
