/*
title = "System kopplade till objekt"
title_en = "Systems tied to a maintenance object"
area = "Styrning"
kind = "share"
target = 100
needs = ["pm3_system", "pm3_objekt"]
motive = "S 3.1"
question = "Hör varje system i drift till ett förvaltningsobjekt som finns?"
mend = """
Koppla systemet till sitt förvaltningsobjekt: fyll i Objekt-id i systemförteckningen. Saknas objektet läggs
det upp bland PM3-objekten. Används systemet inte längre rättas Livscykel."""
chapter = "3"
iso = ["d2"]

[sentence]
one = "system i drift"
many = "system i drift"
does_one = "är kopplat till ett förvaltningsobjekt"
does_many = "är kopplade till ett förvaltningsobjekt"
none = "Inget"

[reach]
makes.pm3_system = 1
decides.pm3_objekt = "systems of an object"
*/
select
    system.organisation,
    system.system_id as key,
    system.system as label,
    object.objekt_id is not null as ok,
    if(ok, null, if(system.objekt_id is null, 'inget objekt angivet', 'objektet finns inte')) as reason,
    system.delivery,
    system.row
from registers.pm3_system as system
left join registers.pm3_objekt as object
    on object.organisation = system.organisation
    and object.objekt_id = system.objekt_id
where system.livscykel = 'Drift'
