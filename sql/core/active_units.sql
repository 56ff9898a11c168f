/*
about = "One row per unit that is active on B (docs/spec/indicators.md, Common terms: active unit)."
grain = ["organisation", "enhet"]
*/
select
    unit.organisation,
    unit.enhet,
    unit.enhetsnamn,
    unit.verksamhet,
    unit.nis,
    unit.delivery,
    unit.row
from registers.enheter as unit
cross join core.review as review
where
    coalesce(unit.aktiv_fran <= review.as_of, true)
    and coalesce(unit.aktiv_till >= review.as_of, true)
