/*
about = """One row per register whose newest delivery in force is older than the register's patience
(docs/spec/interfaces.md, Start). The variable `late_days` holds the registers with a patience of their own, in days,
and `usual_late_days` that of the others."""
kind = "leverans sen"
severity = "varning"
*/
with newest as (
    select
        delivery.organisation,
        delivery.register,
        max(coalesce(delivery.confirmed, delivery.delivered)) as day,
        coalesce(getvariable('late_days')[delivery.register], getvariable('usual_late_days')) as late_after
    from marts.deliveries as delivery
    where delivery.status = 'i kraft'
    group by
        delivery.organisation,
        delivery.register
)
select
    newest.organisation,
    newest.register,
    concat(
        'Senaste leveransen av ', newest.register, ' är från ', newest.day, ', mer än ', newest.late_after,
        if(newest.late_after = 1, ' dag', ' dagar'), ' gammal.'
    ) as text
from newest
cross join core.review as review
where newest.day < review.as_of - newest.late_after
