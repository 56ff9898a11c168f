/*
about = """One row per indicator of an organisation, or of the city, that can't be measured, and why. Those that wait for a
register that never came are told with the register (missing_delivery.sql)."""
kind = "ej mätbar"
severity = "varning"
when_blocked = "hide"
*/
with concerned as (
    select
        value.organisation,
        value.indicator,
        unnest(value.concerns) as register
    from marts.indicator_values as value
    where
        value.level != 'unit'
        and value.reason_code = 'missing_registers'
),

lacking as (
    select
        concerned.organisation,
        concerned.indicator,
        string_agg(register.called, ', ' order by register.called) as registers
    from concerned
    inner join intake.registers as register
        on register.register = concerned.register
    group by
        concerned.organisation,
        concerned.indicator
)

select
    value.organisation,
    value.indicator,
    concat(
        value.indicator, ' ', indicator.title, ' går inte att mäta: ',
        coalesce('underlag saknas från ' || lacking.registers, value.reason),
        '.'
    ) as text
from marts.indicator_values as value
inner join catalogue.indicators as indicator
    on indicator.indicator = value.indicator
left join lacking
    on lacking.organisation = value.organisation
    and lacking.indicator = value.indicator
where
    value.level != 'unit'
    and value.state = 'ej mätbar'
    and not exists (
        select 1
        from marts.deliveries as delivery
        where
            value.reason_code = 'missing_registers'
            and delivery.organisation = value.organisation
            and delivery.status = 'saknas'
            and list_contains(value.concerns, delivery.register)
    )
