/*
title = "Lokal anvisning översedd"
title_en = "Local instruction reviewed"
area = "Styrning"
kind = "share"
target = 100
needs = ["styrdokument"]
motive = "S 3.1"
question = "Är den lokala anvisningen beslutad eller översedd det senaste året?"
mend = """
Se över den lokala anvisningen och skriv dagen i Senast översedd, eller besluta en ny och skriv Beslutad.
Översynen görs minst en gång om året."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "lokal anvisning"
many = "lokala anvisningar"
does_one = "har setts över det senaste året"
alone_yes = "Den lokala anvisningen är beslutad och har setts över det senaste året"
alone_no = "Någon lokal anvisning som är beslutad och har setts över det senaste året finns inte"

[reach]
decides.styrdokument = 1
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
