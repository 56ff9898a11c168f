/*
about = """One row per row of incident_steps, held against its limit on B. `verdict`: in time, late, missing, not due, or
unknown, where Kännedom is empty, the delivery has no column for the report, or a date without a time of day doesn't give
the same answer at every moment of it (docs/spec/indicators.md, Common terms and Limits). `limit_first`, `limit_last`: the
earliest and the latest that a limit in hours can be, UTC; of a limit that is a day, `limit_day`, its first and last
moment."""
grain = ["organisation", "arende_id", "step"]
*/
with limit_moments as (
    select
        incident.organisation,
        incident.arende_id,
        incident.step,
        incident.enhet,
        incident.label,
        incident.law,
        incident.aware,
        incident.recorded,
        incident.done,
        incident.done_last,
        incident.done_day,
        incident.in_last_12_months,
        incident.delivery,
        incident.row,
        if(
            incident.counting = 'elapsed',
            null,
            coalesce(days.moved_to, cast(incident.starts_day + incident.duration as date))
        ) as limit_day,
        if(
            incident.counting = 'elapsed',
            incident.starts + incident.duration,
            timezone('UTC', timezone('Europe/Stockholm', cast(limit_day as timestamp)))
        ) as limit_first,
        if(
            incident.counting = 'elapsed',
            incident.starts_last + incident.duration,
            timezone('UTC', timezone('Europe/Stockholm', cast(limit_day + 1 as timestamp))) - interval 1 microsecond
        ) as limit_last,
        timezone('Europe/Stockholm', timezone('UTC', limit_last)) as wall,
        if(
            limit_first = limit_last, strftime(wall, '%Y-%m-%d %H:%M'), strftime(wall, '%Y-%m-%d')
        ) as limit_text  -- not known to the minute, or a day: only its day
    from core.incident_steps as incident
    left join core.limit_days as days
        on days.counting = incident.counting
        and days.day = cast(incident.starts_day + incident.duration as date)
)

select
    report.organisation,
    report.arende_id,
    report.step,
    report.enhet,
    report.label,
    report.law,
    report.limit_day,
    report.limit_first,
    report.limit_last,
    case
        when not report.aware or not report.recorded then 'unknown'
        when report.done_day <= review.as_of then
            case
                when report.limit_day is not null then if(report.done_day <= report.limit_day, 'in time', 'late')
                when report.done_last <= report.limit_first then 'in time'
                when report.done > report.limit_last then 'late'
                else 'unknown'
            end
        when report.limit_last < review.day_end then 'missing'
        when report.limit_first >= review.day_end then 'not due'
        else 'unknown'
    end as verdict,
    case
        when verdict = 'unknown' and not report.aware then 'kännedom saknas'
        when verdict = 'unknown' and not report.recorded then 'kolumnen ' || report.step || ' saknas'
        when verdict = 'unknown' then 'klockslag saknas, kan inte prövas mot tidsgränsen'
        when verdict = 'missing' then 'saknas, tidsgränsen var ' || report.limit_text
        when verdict = 'late' then 'för sent, tidsgränsen var ' || report.limit_text
    end as reason,
    report.in_last_12_months,
    report.delivery,
    report.row
from limit_moments as report
cross join core.review as review
