/*
about = """One row per incident registered by B and report that the law asks for: the notification to IMY
(docs/spec/indicators.md, INC-03) and the steps of a NIS incident (INC-07). `done` and `starts` are the report and the
moment from which its time is counted; each has a last moment too, later where the time of day isn't known, and a day.
`duration` and `counting` are those of core.law_limits. `aware`: Kännedom is there. `recorded`: the delivery has a
column for the report. `in_last_12_months`: the incident was registered in R, as the indicators ask; a clock doesn't
stop when the twelve months have passed."""
grain = ["organisation", "arende_id", "step"]
*/
with nis_incidents as (
    select
        incident.organisation,
        incident.arende_id,
        incident.enhet,
        incident.tjanst,
        incident.status,
        coalesce(incident.kannedom_day, incident.registrerad) as law_day,
        {
            'first': incident.kannedom, 'last': incident.kannedom_last, 'day': incident.kannedom_day
        } as kannedom,
        {
            'first': incident.forsta_rapport, 'last': incident.forsta_rapport_last, 'day': incident.forsta_rapport_day
        } as forsta_rapport,
        {
            'first': incident.incidentanmalan, 'last': incident.incidentanmalan_last,
            'day': incident.incidentanmalan_day
        } as incidentanmalan,
        {
            'first': incident.lagesrapport, 'last': incident.lagesrapport_last, 'day': incident.lagesrapport_day
        } as lagesrapport,
        {
            'first': incident.slutrapport, 'last': incident.slutrapport_last, 'day': incident.slutrapport_day
        } as slutrapport,
        {
            'first': incident.hanterad, 'last': incident.hanterad_last, 'day': incident.hanterad_day
        } as hanterad,
        unrecorded."column" is null as status_report_recorded,
        incident.registrerad > review.months_12_ago as in_last_12_months,
        incident.delivery,
        incident.row
    from registers.nis_incidenter as incident
    cross join core.review as review
    left join intake.missing_columns as unrecorded
        on unrecorded.organisation = incident.organisation
        and unrecorded.delivery = incident.delivery
        and unrecorded.register = 'nis_incidenter'
        and unrecorded."column" = 'Lägesrapport'
    where
        incident.registrerad <= review.as_of
        and incident.betydande is distinct from false
),

-- cybersäkerhetslagen 2 kap. 8 §: an incident that outlasts this day has a status report due by it, and its final
-- report is counted from when it was handled
status_days as (
    select
        incident.organisation,
        incident.arende_id,
        cast(incident.incidentanmalan.day + limits.duration as date) as unmoved,
        coalesce(days.moved_to, unmoved) as status_day
    from nis_incidents as incident
    inner join core.law_limits as limits
        on limits.register = 'nis_incidenter'
        and limits.step = 'Lägesrapport'
        and coalesce(limits.in_force_from <= incident.law_day, true)
        and coalesce(limits.in_force_to >= incident.law_day, true)
    left join core.limit_days as days
        on days.day = cast(incident.incidentanmalan.day + limits.duration as date)
        and days.counting = limits.counting
),

nis_reports as (
    select
        incident.organisation,
        incident.arende_id,
        incident.enhet,
        incident.tjanst as label,
        limits.law,
        limits.step,
        incident.kannedom.first is not null as aware,
        incident.status_report_recorded or limits.step != 'Lägesrapport' as recorded,
        case limits.step
            when 'Första rapport' then incident.forsta_rapport
            when 'Incidentanmälan' then incident.incidentanmalan
            when 'Lägesrapport' then incident.lagesrapport
            when 'Slutrapport' then incident.slutrapport
        end as done,
        coalesce(incident.hanterad.day > status.status_day, false) as handled_later,
        case
            when limits.starts = 'Kännedom' then incident.kannedom
            when limits.step = 'Slutrapport' and handled_later then incident.hanterad
            else incident.incidentanmalan
        end as starts,
        limits.duration,
        limits.counting,
        incident.in_last_12_months,
        incident.delivery,
        incident.row
    from nis_incidents as incident
    inner join core.law_limits as limits
        on limits.register = 'nis_incidenter'
        and coalesce(limits.in_force_from <= incident.law_day, true)
        and coalesce(limits.in_force_to >= incident.law_day, true)
    left join status_days as status
        on status.organisation = incident.organisation
        and status.arende_id = incident.arende_id
    where
        limits.starts = 'Kännedom'
        or (
            incident.incidentanmalan.first is not null
            and if(
                limits.step = 'Lägesrapport',
                handled_later or (incident.hanterad.first is null and incident.status is distinct from 'Hanterad'),
                incident.status is distinct from 'Pågående'
            )
        )
)

select
    incident.organisation,
    incident.arende_id,
    incident.enhet,
    incident.typ as label,
    limits.law,
    limits.step,
    incident.kannedom is not null as aware,
    true as recorded,
    incident.anmald_imy as done,
    incident.anmald_imy_last as done_last,
    incident.anmald_imy_day as done_day,
    incident.kannedom as starts,
    incident.kannedom_last as starts_last,
    incident.kannedom_day as starts_day,
    limits.duration,
    limits.counting,
    incident.registrerad > review.months_12_ago as in_last_12_months,
    incident.delivery,
    incident.row
from registers.personuppgiftsincidenter as incident
cross join core.review as review
inner join core.law_limits as limits
    on limits.register = 'personuppgiftsincidenter'
    and coalesce(coalesce(incident.kannedom_day, incident.registrerad) >= limits.in_force_from, true)
    and coalesce(coalesce(incident.kannedom_day, incident.registrerad) <= limits.in_force_to, true)
where
    incident.registrerad <= review.as_of
    and incident.risk in ('Risk', 'Hög risk')
union all by name
select
    report.organisation,
    report.arende_id,
    report.enhet,
    report.label,
    report.law,
    report.step,
    report.aware,
    report.recorded,
    report.done.first as done,
    report.done.last as done_last,
    report.done.day as done_day,
    report.starts.first as starts,
    report.starts.last as starts_last,
    report.starts.day as starts_day,
    report.duration,
    report.counting,
    report.in_last_12_months,
    report.delivery,
    report.row
from nis_reports as report
