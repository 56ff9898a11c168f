/*
about = """One row per incident and report that isn't done: to IMY as soon as there is a risk (GDPR art. 33), a step of a NIS
incident when less than 24 hours remain at the end of B (cybersäkerhetslagen 2 kap. 5–8 §§); and until it is done,
however late. The texts of those with a limit begin alike and with it, so that sorted texts are in order of time."""
kind = "tidsfrist"
severity = "kritisk"
when_blocked = "keep open"
*/
with clocks as (
    select
        report.organisation,
        report.enhet,
        report.arende_id,
        report.step,
        report.law,
        clock.limit_first,
        -- hours are counted from the end of the night's day, so that a rerun says the same; early rather than late
        clock.limit_first < review.day_end + interval 24 hour as soon,
        timezone('Europe/Stockholm', timezone('UTC', clock.limit_first)) as wall,
        -- a limit that isn't known to the minute is shown as the first day on which it may fall
        wall < review.as_of as is_late,
        if(
            clock.limit_first = clock.limit_last, strftime(wall, '%Y-%m-%d kl. %H.%M'), strftime(wall, '%Y-%m-%d')
        ) as deadline,
        case report.step
            when 'Första rapport' then 'den första rapporten'
            when 'Incidentanmälan' then 'incidentanmälan'
            else concat(lower(report.step), 'en')
        end as report
    from core.incident_steps as report
    inner join core.incident_deadlines as clock
        on clock.organisation = report.organisation
        and clock.arende_id = report.arende_id
        and clock.step = report.step
    cross join core.review as review
    where
        coalesce(report.done_day > review.as_of, true)
        -- without a column for the report nobody knows whether it is done
        and report.recorded is distinct from false
)

select
    clocks.organisation,
    clocks.enhet as unit,
    if(clocks.law = 'GDPR', 'personuppgiftsincidenter', 'nis_incidenter') as register,
    concat(clocks.arende_id, chr(31), clocks.step) as key,
    case
        when clocks.wall is null and clocks.law = 'GDPR'
            then concat('Ärende ', clocks.arende_id, ' ska anmälas till IMY. När går inte att säga: tiden för kännedom saknas.')
        when clocks.wall is null
            then concat(
                'Ärende ', clocks.arende_id, ': ', clocks.report, ' ska lämnas. När går inte att säga: tiden för kännedom saknas.'
            )
        when clocks.law = 'GDPR'
            then concat(
                'Senast ', clocks.deadline, if(clocks.is_late, ' skulle ärende ', ' ska ärende '), clocks.arende_id,
                if(clocks.is_late, ' ha anmälts till IMY.', ' anmälas till IMY.')
            )
        else concat(
            'Senast ', clocks.deadline, if(clocks.is_late, ' skulle ', ' ska '), clocks.report,
            if(clocks.is_late, ' ha lämnats i ärende ', ' lämnas i ärende '), clocks.arende_id, '.'
        )
    end as text
from clocks
where
    clocks.law = 'GDPR'
    or clocks.limit_first is null
    or clocks.soon
