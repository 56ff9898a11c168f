/*
title = "Incidentrutiner på plats"
title_en = "Incident routines in place"
area = "Incidenter"
kind = "share"
target = 100
needs = ["styrdokument"]
motive = "S 2.2.3.1, 3.1"
question = "Är incidentrutinen beslutad eller översedd de senaste 12 månaderna?"
mend = """
Besluta rutinen, eller se över den som finns, och skriv dagen i Beslutad eller Senast översedd i
styrdokumenten. Översynen görs minst en gång om året."""
chapter = "2.2.3.1"
iso = ["d1"]

[sentence]
one = "incidentrutin som krävs"
many = "incidentrutiner som krävs"
does_one = "är beslutad och har setts över det senaste året"
does_many = "är beslutade och har setts över det senaste året"

[reach]
decides.styrdokument = 1
*/
with routines (typ) as (
    values
        ('Rutin personuppgiftsincidenter'),
        ('Rutin NIS-incidenter'),
        ('Rutin uppföljning incidenter')
)

select
    everybody.organisation,
    routines.typ as key,
    routines.typ as label,
    document.typ is not null as ok,
    if(ok, null, 'inget aktuellt dokument') as reason
from intake.organisations as everybody
cross join routines
left join core.current_documents as document
    on document.organisation = everybody.organisation
    and document.typ = routines.typ
