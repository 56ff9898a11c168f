/*
title = "Objekt med kartlagda komponenter"
title_en = "Maintenance objects with their components mapped"
area = "Styrning"
kind = "share"
target = 100
needs = ["pm3_objekt"]
motive = "S 3.1"
question = "Är komponenterna i varje förvaltningsobjekt kartlagda?"
mend = """
Kartlägg vilka system och andra komponenter som hör till objektet och skriv dagen i Komponenter kartlagda
bland PM3-objekten."""
chapter = "3"
iso = ["d2"]

[sentence]
one = "förvaltningsobjekt"
many = "förvaltningsobjekt"
does_one = "har sina komponenter kartlagda"
none = "Inget"

[reach]
makes.pm3_objekt = 1
*/
select
    object.organisation,
    object.objekt_id as key,
    object.objekt as label,
    coalesce(object.komponenter_kartlagda <= review.as_of, false) as ok,
    if(ok, null, coalesce('kartlagda först ' || object.komponenter_kartlagda, 'inte kartlagda')) as reason,
    object.delivery,
    object.row
from registers.pm3_objekt as object
cross join core.review as review
