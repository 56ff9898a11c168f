/*
title = "Täckning i registerförteckningen"
title_en = "Coverage of the records of processing"
area = "Registerförteckning"
kind = "share"
target = 100
needs = ["enheter", "registerforteckning", "behandlingskatalog"]
motive = "S 2.2.5"
question = "Är varje behandling som väntas på en aktiv enhet registrerad, av enheten eller nämndgemensamt?"
mend = """
Registrera behandlingen i registerförteckningen för enheten, eller en gång nämndgemensamt om alla gör lika.
Förekommer den inte på enheten rättas enhetens Verksamhet i enhetsregistret eller typen i
behandlingskatalogen."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "förväntad registrering"
many = "förväntade registreringar"
does_one = "finns i registerförteckningen"

[reach]
makes.enheter = "types of processing"
decides.registerforteckning = "active units"
alters.behandlingskatalog = "active units"
*/
select
    pair.organisation,
    pair.enhet as unit,
    concat(pair.enhet, ' / ', pair.behandlingstyp) as key,
    pair.benamning as label,
    pair.covered as ok,
    if(ok, null, 'ingen aktiv registrering, varken enhetens eller nämndgemensam') as reason,
    pair.delivery,
    pair.row
from core.expected_processing as pair
