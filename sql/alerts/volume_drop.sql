/*
about = "One row per register, and organisation, whose delivery is much smaller than the one before it."
kind = "volymfall"
severity = "varning"
*/
select
    coalesce(result.organisation, 'staden') as organisation,
    result.severity,
    register.register,
    concat(result."table", chr(31), result.expectation) as key,
    concat(coalesce(upper(left(register.called, 1)) || substring(register.called, 2), result."table"), ': ', result.explanation) as text
from validation.results as result
left join intake.registers as register
    on register.register = split_part(result."table", '.', -1)
where
    not result.ok
    and result.severity in ('kritisk', 'varning')
    and result.expectation = 'volym_mot_forra'
