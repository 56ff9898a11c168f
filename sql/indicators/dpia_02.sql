/*
title = "Aktuella konsekvensbedömningar"
title_en = "Impact assessments up to date"
area = "Registerförteckning"
kind = "share"
target = 100
needs = ["registerforteckning", "konsekvensbedomningar"]
motive = "GDPR art. 35(11)"
question = "Är aktiva behandlingars konsekvensbedömningar beslutade eller översedda de senaste 24 månaderna?"
*/
with assessments as (
    select
        record.organisation,
        record.unit,
        assessment.dpia_id,
        record.behandling,
        case
            when assessment.senast_oversedd <= review.as_of then assessment.senast_oversedd
            else assessment.beslutad
        end as reviewed,
        review.months_24_ago,
        assessment.delivery,
        assessment.row
    from registers.konsekvensbedomningar as assessment
    inner join core.active_records as record
        on record.organisation = assessment.organisation
        and record.behandlings_id = assessment.behandlings_id
    cross join core.review as review
    where assessment.beslutad <= review.as_of
)
select
    assessment.organisation,
    assessment.unit,
    assessment.dpia_id as key,
    assessment.behandling as label,
    assessment.reviewed > assessment.months_24_ago as ok,
    if(ok, null, 'senast beslutad eller översedd ' || assessment.reviewed) as reason,
    assessment.delivery,
    assessment.row
from assessments as assessment
