/*
about = """One row per register of which its organisation (the city's: `staden`) has delivered nothing, with how many of its
indicators wait for it."""
kind = "leverans saknas"
severity = "varning"
*/
with waiting as (
    select
        value.organisation,
        unnest(value.concerns) as register
    from marts.indicator_values as value
    where
        value.level != 'unit'
        and value.reason_code = 'missing_registers'
),

counts as (
    select
        waiting.organisation,
        waiting.register,
        count(*) as indicators
    from waiting
    group by
        waiting.organisation,
        waiting.register
)
select
    delivery.organisation,
    delivery.register,
    concat(
        'Ingen leverans av ', delivery.register, ' har kommit.',
        case
            when counts.indicators = 1 then ' Därför går 1 indikator inte att mäta.'
            when counts.indicators > 1 then concat(' Därför går ', counts.indicators, ' indikatorer inte att mäta.')
        end
    ) as text
from marts.deliveries as delivery
left join counts
    on counts.organisation = delivery.organisation
    and counts.register = delivery.register
where delivery.status = 'saknas'
