/*
about = """One row per indicator of an organisation, or of the city, that can't be measured, and why. Those that wait for a
register that never came are told with the register (missing_delivery.sql)."""
kind = "ej mätbar"
severity = "varning"
when_blocked = "hide"
*/
select
    value.organisation,
    value.indicator,
    concat(value.indicator, ' ', indicator.title, ' går inte att mäta: ', value.reason, '.') as text
from marts.indicator_values as value
inner join catalogue.indicators as indicator
    on indicator.indicator = value.indicator
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
