/*
title = "Lokal anvisning översedd"
title_en = "Local instruction reviewed"
area = "Styrning"
kind = "share"
target = 100
needs = ["styrdokument"]
motive = "S 3.1"
question = "Är den lokala anvisningen beslutad eller översedd det senaste året?"
*/
select
    organisation.organisation,
    type.typ as key,
    type.typ as label,
    document.typ is not null as ok,
    if(ok, null, 'inget beslutat eller översett det senaste året') as reason
from intake.organisations as organisation
cross join core.document_types as type
left join core.current_documents as document
    on document.organisation = organisation.organisation
    and document.typ = type.typ
where type.typ = 'Lokal anvisning'
