/*
about = """One row per indicator of an organisation, or of the city, that misses its target. It is critical where the target is
the law's."""
kind = "indikator röd"
severity = "varning"
when_blocked = "hide"
*/
select
    value.organisation,
    if(indicator.law, 'kritisk', 'varning') as severity,
    value.indicator,
    concat(
        value.indicator, ' ', indicator.title, ': röd, ',
        case indicator.kind
            when 'open'
                then concat(
                    value.numerator, if(value.numerator = 1, ' brist', ' brister'), ', målet är högst ', indicator.target
                )
            when 'count' then concat(value.numerator, ', målet är minst ', indicator.target)
            else concat(
                replace(cast(value.value as varchar), '.', ','), ' % (', value.numerator, ' av ', value.denominator,
                if(value.denominator < 5, ', litet underlag', ''), '), ',
                if(indicator.law, 'lagkravet', 'målet'), ' är ', indicator.target, ' %'
            )
        end,
        '.'
    ) as text
from marts.indicator_values as value
inner join catalogue.indicators as indicator
    on indicator.indicator = value.indicator
where
    value.level != 'unit'
    and value.state = 'röd'
