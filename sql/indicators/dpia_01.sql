/*
title = "Genomförda konsekvensbedömningar"
title_en = "Impact assessments done"
area = "Registerförteckning"
kind = "share"
target = 100
law = true
needs = ["registerforteckning", "konsekvensbedomningar"]
motive = "S 2.2.5; GDPR art. 35"
question = "Har varje aktiv behandling med minst två av IMY:s kriterier en beslutad konsekvensbedömning?"
mend = """
Gör en konsekvensbedömning av behandlingen med råd av dataskyddsombudet och få den beslutad. För in den bland
konsekvensbedömningarna med Behandlings-id och Beslutad. Är kriterierna fel valda rättas DPIA-kriterier i
registerförteckningen."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "registrering som kräver konsekvensbedömning"
many = "registreringar som kräver konsekvensbedömning"
does_one = "har en beslutad bedömning"

[reach]
makes.registerforteckning = 1
decides.konsekvensbedomningar = 1
*/
with listed as (
    select
        record.organisation,
        record.behandlings_id,
        unnest(record.dpia_kriterier) as criterion
    from core.active_records as record
),

needing as (
    select
        listed.organisation,
        listed.behandlings_id,
        count(distinct ltrim(trim(listed.criterion), '0')) as criteria
    from listed
    where regexp_full_match(trim(listed.criterion), '0*[1-9]')
    group by listed.organisation, listed.behandlings_id
    -- IMY's list under GDPR art. 35(4) asks for an assessment where two of its nine criteria are met
    having criteria >= 2
),

decided as (
    select distinct
        assessment.organisation,
        assessment.behandlings_id
    from registers.konsekvensbedomningar as assessment
    cross join core.review as review
    where assessment.beslutad <= review.as_of
)

select
    record.organisation,
    record.unit,
    record.behandlings_id as key,
    record.behandling as label,
    decided.behandlings_id is not null as ok,
    if(ok, null, needing.criteria || ' kriterier, ingen beslutad konsekvensbedömning') as reason,
    record.delivery,
    record.row
from core.active_records as record
inner join needing
    on needing.organisation = record.organisation
    and needing.behandlings_id = record.behandlings_id
left join decided
    on decided.organisation = record.organisation
    and decided.behandlings_id = record.behandlings_id
