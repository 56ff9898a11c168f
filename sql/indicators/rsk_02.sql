/*
title = "Höga risker med beslutad hantering"
title_en = "High risks with a decided treatment"
area = "Styrning"
kind = "share"
target = 100
needs = ["risker"]
motive = "ISO/IEC 27001 6.1.3, 9.3.2 f"
question = "Är det beslutat hur varje hög risk hanteras, med ägare och slutdatum eller ett godkännande som gäller?"
mend = """
Besluta hur risken ska hanteras. Ska den åtgärdas fylls Riskägare och Klar senast i; accepteras den fylls
Accepterad av och Accepterad till i, och godkännandet förnyas innan det går ut."""
chapter = "2.2.2"
iso = ["f"]

[sentence]
one = "hög risk"
many = "höga risker"
does_one = "har en beslutad hantering"

[reach]
makes.risker = 1
*/
with risks as (
    select
        risk.organisation,
        risk.enhet,
        risk.risk_id,
        risk.risk,
        risk.sannolikhet * risk.konsekvens as risk_value,
        case risk.hantering
            when 'Åtgärda' then nullif(concat_ws(', ',
                if(risk.riskagare_filled, null, 'saknar riskägare'),
                if(risk.klar_senast is null, 'saknar slutdatum', null)
            ), '')
            when 'Acceptera' then nullif(concat_ws(', ',
                if(risk.accepterad_av_filled, null, 'saknar vem som har accepterat risken'),
                case
                    when risk.accepterad_till is null then 'saknar dag som godkännandet gäller till'
                    when risk.accepterad_till < review.as_of then 'accepterad till ' || risk.accepterad_till
                end
            ), '')
        end as fault,
        if(risk.hantering is null, 'saknar beslutad hantering', fault) as reason,
        risk.delivery,
        risk.row
    from core.active_risks as risk
    cross join core.review as review
)

select
    risk.organisation,
    risk.enhet as unit,
    risk.risk_id as key,
    risk.risk as label,
    risk.risk_value is not null as measured,
    if(measured, risk.reason is null, null) as ok,
    if(measured, risk.reason, 'sannolikhet eller konsekvens saknas') as reason,
    risk.delivery,
    risk.row
from risks as risk
where coalesce(risk.risk_value >= 10, true)
