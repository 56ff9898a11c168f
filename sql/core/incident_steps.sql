/*
about = """One row per incident and report that the law asks for: the notification to IMY (docs/spec/indicators.md,
INC-03) and the steps of a NIS incident (INC-07). `done` and `starts` are the report and the moment from which
its time is counted; each has a last moment too, later where the time of day isn't known. `in_period`: the
incident was registered in P, as the indicators ask; a clock doesn't stop at New Year."""
grain = ["organisation", "arende_id", "step"]
*/
with nis_incidents as (
    select
        incident.organisation, incident.arende_id, incident.enhet, incident.tjanst, incident.status,
        incident.kannedom, incident.kannedom_last,
        incident.forsta_rapport, incident.forsta_rapport_last, incident.forsta_rapport_day,
        incident.incidentanmalan, incident.incidentanmalan_last, incident.incidentanmalan_day,
        incident.slutrapport, incident.slutrapport_last, incident.slutrapport_day,
        incident.hanterad, incident.hanterad_last,
        incident.delivery, incident.row,
        -- cybersäkerhetslagen (2025:1506) is in force from 15 January 2026
        coalesce(incident.kannedom_day, incident.registrerad) >= date '2026-01-15' as new_law,
        if(new_law, '2025:1506', '2018:1174') as law,
        -- 2 kap. 8 §: an incident that outlasts the month is reported within a month of being handled
        coalesce(incident.hanterad_day > cast(incident.incidentanmalan_day + interval 1 month as date), false)
            as handled_later,
        incident.registrerad >= review.year_start as in_period
    from registers.nis_incidenter as incident
    cross join core.review as review
    where
        incident.registrerad <= review.as_of
        and incident.betydande is distinct from false
)
select
    incident.organisation, incident.arende_id, incident.enhet, incident.typ as label,
    'GDPR' as law, 'Anmäld IMY' as step, incident.kannedom is not null as aware,
    incident.anmald_imy as done, incident.anmald_imy_last as done_last, incident.anmald_imy_day as done_day,
    incident.kannedom as starts, incident.kannedom_last as starts_last,
    incident.registrerad >= review.year_start as in_period, incident.delivery, incident.row
from registers.personuppgiftsincidenter as incident
cross join core.review as review
where
    incident.registrerad <= review.as_of
    and incident.risk in ('Risk', 'Hög risk')
union all
select
    incident.organisation, incident.arende_id, incident.enhet, incident.tjanst as label,
    incident.law, 'Första rapport' as step, incident.kannedom is not null as aware,
    incident.forsta_rapport, incident.forsta_rapport_last, incident.forsta_rapport_day,
    incident.kannedom, incident.kannedom_last,
    incident.in_period, incident.delivery, incident.row
from nis_incidents as incident
union all
select
    incident.organisation, incident.arende_id, incident.enhet, incident.tjanst as label,
    incident.law, 'Incidentanmälan' as step, incident.kannedom is not null as aware,
    incident.incidentanmalan, incident.incidentanmalan_last, incident.incidentanmalan_day,
    incident.kannedom, incident.kannedom_last,
    incident.in_period, incident.delivery, incident.row
from nis_incidents as incident
union all
select
    incident.organisation, incident.arende_id, incident.enhet, incident.tjanst as label,
    incident.law, 'Slutrapport' as step, incident.kannedom is not null as aware,
    incident.slutrapport, incident.slutrapport_last, incident.slutrapport_day,
    case
        when not incident.new_law then incident.kannedom
        when incident.handled_later then incident.hanterad
        else incident.incidentanmalan
    end as starts,
    case
        when not incident.new_law then incident.kannedom_last
        when incident.handled_later then incident.hanterad_last
        else incident.incidentanmalan_last
    end as starts_last,
    incident.in_period, incident.delivery, incident.row
from nis_incidents as incident
where
    not incident.new_law
    or (incident.status is distinct from 'Pågående' and incident.incidentanmalan is not null)
