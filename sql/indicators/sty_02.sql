/*
title = "Styrdokument på plats"
title_en = "Governing documents in place"
area = "Styrning"
kind = "share"
target = 100
needs = ["styrdokument"]
motive = "S 2.2.3.1, 3.1–3.3"
question = "Är vart och ett av de tio styrdokumenten beslutat eller översett det senaste året?"
mend = """
Besluta det dokument som saknas, eller se över det som finns, och skriv dagen i Beslutad eller Senast översedd
i styrdokumenten. Översynen görs minst en gång om året."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "styrdokument som ska finnas"
many = "styrdokument som ska finnas"
does_one = "är beslutat och har setts över det senaste året"
does_many = "är beslutade och har setts över det senaste året"
none = "Inget"

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
