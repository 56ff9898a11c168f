/*
title = "Tredjelandsöverföringar med giltig grund"
title_en = "Third-country transfers on a valid basis"
area = "Registerförteckning"
kind = "share"
target = 100
law = true
needs = ["registerforteckning"]
motive = "S 2.1.2"
question = "Har varje aktiv registrering med överföring till tredje land en giltig överföringsgrund?"
mend = """
Ange den grund i kapitel V som överföringen stöds på i Överföringsgrund. Finns ingen ska överföringen upphöra
eller få en grund, till exempel standardavtalsklausuler. Sker ingen överföring rättas Tredjelandsöverföring
till Nej."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "registrering med tredjelandsöverföring"
many = "registreringar med tredjelandsöverföring"
does_one = "har en giltig överföringsgrund"

[reach]
makes.registerforteckning = 1
*/
with decisions as (
    -- a decision may lapse and come back: the period that B lies in, else the one with the fewest days between it and B
    select
        decision.name,
        decision.in_force_from,
        decision.in_force_to
    from core.adequacy as decision
    cross join core.review as review
    qualify row_number() over (
        partition by decision.name
        order by
            greatest(decision.in_force_from - review.as_of, review.as_of - decision.in_force_to, 0),
            decision.in_force_from
    ) = 1
),

transfers as (
    select
        record.organisation,
        record.unit,
        record.behandlings_id,
        record.behandling,
        case
            when record.overforingsgrund is null then 'saknar överföringsgrund'
            when review.as_of < decision.in_force_from
                then record.overforingsgrund || ' gäller först från ' || decision.in_force_from
            when review.as_of > decision.in_force_to
                then record.overforingsgrund || ' gällde till ' || decision.in_force_to
        end as fault,
        record.delivery,
        record.row
    from core.active_records as record
    cross join core.review as review
    left join decisions as decision
        on decision.name = record.overforingsgrund
    where record.tredjelandsoverforing
)

select
    transfer.organisation,
    transfer.unit,
    transfer.behandlings_id as key,
    transfer.behandling as label,
    transfer.fault is null as ok,
    transfer.fault as reason,
    transfer.delivery,
    transfer.row
from transfers as transfer
