/*
about = """One row per personal data breach registered in the last twelve months (R), with what INC-04 and INC-05 ask of
it. `time_is_out`: the 72 hours of GDPR art. 33(1) have run out by the end of B, at the last moment that Kännedom can be,
or the incident is closed; where Kännedom is empty they are counted in days from Registrerad (docs/spec/indicators.md,
INC-04)."""
grain = ["organisation", "arende_id"]
*/
select
    incident.organisation,
    incident.arende_id,
    incident.enhet,
    incident.typ,
    incident.risk,
    coalesce(incident.anmald_imy_day <= review.as_of, false) as notified,
    incident.skal_ej_anmald_filled,
    coalesce(incident.registrerade_informerade <= review.as_of, false) as informed,
    incident.skal_ej_informerade,
    coalesce(
        incident.kannedom_last + limits.duration < review.day_end,
        incident.registrerad + limits.span // 24 <= review.as_of
    ) or coalesce(incident.status = 'Avslutad', false) as time_is_out,
    incident.delivery,
    incident.row
from registers.personuppgiftsincidenter as incident
cross join core.review as review
inner join core.law_limits as limits
    on limits.register = 'personuppgiftsincidenter'
    and limits.step = 'Anmäld IMY'
    and coalesce(coalesce(incident.kannedom_day, incident.registrerad) >= limits.in_force_from, true)
    and coalesce(coalesce(incident.kannedom_day, incident.registrerad) <= limits.in_force_to, true)
where
    incident.registrerad > review.months_12_ago
    and incident.registrerad <= review.as_of
