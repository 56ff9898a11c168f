/*
about = "One row per indicator of an organisation, or of the city, that can't be measured, and why."
kind = "ej mätbar"
severity = "varning"
when_blocked = "hide"
*/
select
    value.organisation,
    value.indicator,
    concat(value.indicator, ' ', indicator.title, ' är ej mätbar: ', value.reason, '.') as text
from marts.indicator_values as value
inner join catalogue.indicators as indicator
    on indicator.indicator = value.indicator
where
    value.level != 'unit'
    and value.state = 'ej mätbar'
