/*
about = """One row per check on a table, and organisation, that doesn't hold; one about nobody in particular is the city's. A
fall in volume is an alert of its own (volume_drop.sql)."""
kind = "kontroll underkänd"
severity = "varning"
*/
select
    coalesce(result.organisation, 'staden') as organisation,
    result.severity,
    register.register,
    concat(result."table", chr(31), result.expectation) as key,
    concat(
        coalesce(upper(left(register.called, 1)) || substring(register.called, 2), result."table"), ': ', result.explanation,
        if(
            result.severity = 'kritisk' and result.organisation is not null,
            ' Publiceringen är spärrad: det som visas är från en tidigare natt.',
            ''
        )
    ) as text
from validation.results as result
left join intake.registers as register
    on register.register = split_part(result."table", '.', -1)
where
    not result.ok
    and result.severity in ('kritisk', 'varning')
    and result.expectation != 'volym_mot_forra'
