/*
about = "One row per active risk (docs/spec/indicators.md, RSK-01 to RSK-03)."
grain = ["organisation", "risk_id"]
*/
select
    risk.organisation,
    risk.risk_id,
    risk.risk,
    risk.enhet,
    risk.sannolikhet,
    risk.konsekvens,
    risk.bedomd,
    risk.riskagare_filled,
    risk.hantering,
    risk.klar_senast,
    coalesce(risk.klar <= review.as_of, false) as treated,
    risk.accepterad_av_filled,
    risk.accepterad_till,
    risk.delivery,
    risk.row
from registers.risker as risk
cross join core.review as review
where risk.status = 'Aktiv'
