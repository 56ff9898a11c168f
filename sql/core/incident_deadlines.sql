/*
about = """One row per row of incident_steps, held against its limit on B. `verdict`: in time, late, missing,
not due, or unknown, where Kännedom is empty or a date without a time of day doesn't give the same answer at
every moment of it (docs/spec/indicators.md, Common terms). `limit_first`, `limit_last`: the earliest and the latest
that the limit can be, UTC."""
grain = ["organisation", "arende_id", "step"]
*/
with limits (law, step, span, by_calendar) as (
    values
        ('GDPR', 'Anmäld IMY', interval 72 hour, false),  -- art. 33(1)
        ('2018:1174', 'Första rapport', interval 6 hour, false),
        ('2018:1174', 'Incidentanmälan', interval 24 hour, false),
        ('2018:1174', 'Slutrapport', interval 28 day, true),
        ('2025:1506', 'Första rapport', interval 24 hour, false),  -- 2 kap. 5 §
        ('2025:1506', 'Incidentanmälan', interval 72 hour, false),  -- 2 kap. 6 §
        ('2025:1506', 'Slutrapport', interval 1 month, true)  -- 2 kap. 8 §
),

limit_moments as (
    select
        incident.organisation,
        incident.arende_id,
        incident.step,
        -- days and months are counted on the wall clock, hours are elapsed hours
        timezone('Europe/Stockholm', timezone('UTC', incident.starts)) + limits.span as wall,
        timezone('Europe/Stockholm', timezone('UTC', incident.starts_last)) + limits.span as wall_last,
        timezone('UTC', timezone('Europe/Stockholm', wall)) as moment,
        case
            when not limits.by_calendar then incident.starts + limits.span
            -- a wall time that occurs twice is the first of the two
            when timezone('Europe/Stockholm', timezone('UTC', moment - interval 1 hour)) = wall
                then moment - interval 1 hour
            else moment
        end as limit_first,
        case
            when incident.starts = incident.starts_last then limit_first
            when not limits.by_calendar then incident.starts_last + limits.span
            else timezone('UTC', timezone('Europe/Stockholm', wall_last))
        end as limit_last,
        left(
            strftime(timezone('Europe/Stockholm', timezone('UTC', limit_last)), '%Y-%m-%d %H:%M'),
            if(limit_first = limit_last, 16, 10)  -- not known to the minute: only its day
        ) as shown
    from core.incident_steps as incident
    join limits
        on limits.law = incident.law
        and limits.step = incident.step
)
select
    incident.organisation,
    incident.arende_id,
    incident.step,
    incident.enhet,
    incident.label,
    incident.law,
    limit_moments.limit_first,
    limit_moments.limit_last,
    case
        when not incident.aware then 'unknown'
        when incident.done_day <= review.as_of then
            case
                when incident.done_last <= limit_moments.limit_first then 'in time'
                when incident.done > limit_moments.limit_last then 'late'
                else 'unknown'
            end
        when limit_moments.limit_last < review.day_end then 'missing'
        when limit_moments.limit_first >= review.day_end then 'not due'
        else 'unknown'
    end as verdict,
    case
        when verdict = 'unknown' and not incident.aware then 'kännedom saknas'
        when verdict = 'unknown' then 'klockslag saknas, kan inte prövas mot tidsgränsen'
        when verdict = 'missing' then 'saknas, tidsgränsen var ' || limit_moments.shown
        when verdict = 'late' then 'för sent, tidsgränsen var ' || limit_moments.shown
    end as reason,
    incident.in_period,
    incident.delivery,
    incident.row
from core.incident_steps as incident
join limit_moments
    on limit_moments.organisation = incident.organisation
    and limit_moments.arende_id = incident.arende_id
    and limit_moments.step = incident.step
cross join core.review as review
