/*
about = """One row per indicator and organisation: whether the question can be asked there at all (docs/spec/indicators.md,
State of a figure, rules 0 to 4). Where it can't, `state` and `reason_code` say so, and `concerns` lists what the reason
names: the registers that aren't used, are missing or spoiled, or the columns that a source lacks (`register.Kolumn`), in
the order of the indicator's needs; where it can, all three are NULL.
`source_date` is the oldest of the newest dates in force of the registers it needs (docs/spec/interfaces.md, Underlag
per)."""
grain = ["indicator", "organisation"]
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
        list(needs.register order by needs.place) filter (where unused.register is not null) as unused,
        list(needs.register order by needs.place) filter (where coverage.confirmed is null) as missing,
        list(needs.register order by needs.place) filter (where spoiled.register is not null) as spoiled,
        min(coverage.confirmed) as source_date
    from intake.organisations as organisation
    cross join needs
    left join core.unused_registers as unused
        on unused.organisation = organisation.organisation
        and unused.register = needs.register
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

absent as (
    select
        column_absent.organisation,
        needs.indicator,
        list(
            column_absent.register || '.' || column_absent."column"
            order by needs.place, deciding.place
        ) as columns
    from core.absent_columns as column_absent
    inner join needs
        on needs.register = column_absent.register
    inner join catalogue.deciding_columns as deciding
        on deciding.indicator = needs.indicator
        and deciding.register = column_absent.register
        and deciding."column" = column_absent."column"
    group by
        column_absent.organisation,
        needs.indicator
),

obstacles as (
    select
        obstacle.organisation,
        obstacle.indicator,
        -- the rule that comes first decides
        min_by(
            -- an obstacle that has no rule here must not leave a figure standing
            if(rule.obstacle is null, error('no rule for an obstacle of ' || obstacle.indicator), rule.reason_code),
            rule.place
        ) as reason_code
    from catalogue.obstacles as obstacle
    left join (
        values
            ('inget krav', 'no_requirement', 3),
            ('massregistrering', 'bulk_registration', 4),
            ('okända anställnings-id', 'unknown_ids', 5)
    ) as rule (obstacle, reason_code, place)
        on rule.obstacle = obstacle.obstacle
    group by
        obstacle.organisation,
        obstacle.indicator
),

decided as (
    select
        indicator.indicator,
        organisation.organisation,
        case
            when indicator.off is not null then 'switched_off'
            when review.as_of < indicator.first_day then 'before_first_day'
            when sources.unused is not null then 'unused_registers'
            when sources.missing is not null then 'missing_registers'
            when sources.spoiled is not null then 'spoiled_registers'
            when absent.columns is not null then 'absent_columns'
            else obstacles.reason_code
        end as reason_code,
        sources.unused,
        sources.missing,
        sources.spoiled,
        absent.columns as absent,
        sources.source_date
    from catalogue.indicators as indicator
    cross join core.review as review
    cross join intake.organisations as organisation
    left join sources
        on sources.indicator = indicator.indicator
        and sources.organisation = organisation.organisation
    left join absent
        on absent.indicator = indicator.indicator
        and absent.organisation = organisation.organisation
    left join obstacles
        on obstacles.indicator = indicator.indicator
        and obstacles.organisation = organisation.organisation
)

select
    decided.indicator,
    decided.organisation,
    case
        when decided.reason_code = 'switched_off' then 'mäts inte här'
        when decided.reason_code = 'unused_registers' then 'mäts inte ännu'
        when decided.reason_code in ('before_first_day', 'no_requirement') then 'ej tillämplig'
        when decided.reason_code is not null then 'ej mätbar'
    end as state,
    decided.reason_code,
    case decided.reason_code
        when 'unused_registers' then decided.unused
        when 'missing_registers' then decided.missing
        when 'spoiled_registers' then decided.spoiled
        when 'absent_columns' then decided.absent
    end as concerns,
    decided.source_date
from decided
