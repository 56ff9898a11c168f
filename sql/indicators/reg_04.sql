/*
title = "Andel nämndgemensamma"
title_en = "Share covered by shared records"
area = "Registerförteckning"
kind = "share"
needs = ["enheter", "registerforteckning", "behandlingskatalog"]
gaps = false
motive = "S 3.1"
question = "Hur stor del av enheternas registrerade behandlingar täcks av en nämndgemensam registrering?"
mend = """
Siffran är en upplysning, inget att åtgärda. Gör alla enheter lika kan behandlingen registreras en gång för
hela nämnden, med Nivå Nämndgemensam."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "registrering som finns på plats"
many = "registreringar som finns på plats"
does_one = "är nämndgemensam"
does_many = "är nämndgemensamma"

[reach]
makes.enheter = "types of processing"
alters.registerforteckning = "active units"
alters.behandlingskatalog = "active units"
*/
select
    pair.organisation,
    pair.enhet as unit,
    concat(pair.enhet, ' / ', pair.behandlingstyp) as key,
    pair.benamning as label,
    pair.covered_jointly as ok,
    if(ok, null, 'bara enhetens egen registrering') as reason,
    pair.delivery,
    pair.row
from core.expected_processing as pair
where pair.covered
