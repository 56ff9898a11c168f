/*
about = """One row per subject and whole course of e-learning that everybody must take, valid on B
(docs/spec/indicators.md, UTB-01 and UTB-02: Ämne Båda belongs to both)."""
grain = ["subject", "kurskod"]
*/
select
    unnest(
        case requirement.amne
            when 'Båda' then ['Informationssäkerhet', 'Dataskydd']
            else [requirement.amne]
        end
    ) as subject,
    requirement.kurskod
from core.requirements as requirement
where
    requirement.valid
    and requirement.avsnitt = 0
    and requirement.form = 'Enskild'
    and requirement.malgrupp = 'Alla'
