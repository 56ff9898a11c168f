/*
about = """One row per decision of the newest review before B, and of earlier ones where it isn't done, in both cases unless
struck: chapter 3 of the document."""
grain = ["organisation", "delivery", "row"]
*/
select
    decision.organisation,
    decision.delivery,
    decision.row,
    decision.genomgang,
    decision.beslut,
    decision.ansvarig_funktion,
    decision.klar_senast,
    decision.status,
    followed.done
from registers.beslut as decision
inner join core.decisions as followed
    on followed.organisation = decision.organisation
    and followed.besluts_id = decision.besluts_id
qualify
    not followed.done
    or decision.genomgang = max(decision.genomgang) over (partition by decision.organisation)
order by
    decision.genomgang desc,
    decision.row,
    decision.delivery
