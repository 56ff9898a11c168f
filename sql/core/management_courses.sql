/*
about = """One row per course section that the management must take, valid on B (docs/spec/indicators.md, UTB-08 and
UTB-10)."""
grain = ["kurskod", "avsnitt"]
*/
select
    requirement.kurskod,
    requirement.avsnitt
from core.requirements as requirement
where
    requirement.valid
    and requirement.malgrupp = 'Ledning'
