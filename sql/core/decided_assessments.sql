/*
about = """One row per impact assessment, of an active record, decided on or before B. `reviewed` is the day on which it
was last decided or looked over, by B (docs/spec/indicators.md, DPIA-02); `unit` is its record's."""
grain = ["organisation", "dpia_id"]
*/
select
    record.organisation,
    record.unit,
    assessment.dpia_id,
    record.behandling,
    if(assessment.senast_oversedd <= review.as_of, assessment.senast_oversedd, assessment.beslutad) as reviewed,
    assessment.delivery,
    assessment.row
from registers.konsekvensbedomningar as assessment
inner join core.active_records as record
    on record.organisation = assessment.organisation
    and record.behandlings_id = assessment.behandlings_id
cross join core.review as review
where assessment.beslutad <= review.as_of
