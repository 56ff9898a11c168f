/*
title = "Objekt med tillsatta roller"
title_en = "Maintenance objects with their roles filled"
area = "Styrning"
kind = "share"
target = 100
needs = ["pm3_objekt", "personal"]
motive = "S 3.1"
question = "Är de fyra rollerna i varje lokalt förvaltningsobjekt tillsatta med personer som är anställda?"
mend = """
Utse en anställd till varje roll som orsaken nämner och skriv in personens anställnings-id i PM3-objekten. Har
den som står där slutat byts den ut."""
chapter = "3"
iso = ["d2"]

[sentence]
one = "lokalt förvaltningsobjekt"
many = "lokala förvaltningsobjekt"
does_one = "har alla sina roller tillsatta"
none = "Inget"

[reach]
makes.pm3_objekt = 1
decides.personal = "objects of a person"
*/
with roles as (
    select
        object.organisation,
        object.objekt_id,
        unnest([1, 2, 3, 4]) as place,
        unnest([
            'Objektägare verksamhet', 'Objektägare IT',
            'Förvaltningsledare verksamhet', 'Förvaltningsledare IT'
        ]) as heading,
        unnest([
            object.objektagare_verksamhet, object.objektagare_it,
            object.forvaltningsledare_verksamhet, object.forvaltningsledare_it
        ]) as holder
    from registers.pm3_objekt as object
),

vacant as (
    select
        role.organisation,
        role.objekt_id,
        string_agg(role.heading, ', ' order by role.place) as headings
    from roles as role
    anti join core.employees as person
        on person.organisation = role.organisation
        and person.anstallnings_id = role.holder
        and person.employed
    group by role.organisation, role.objekt_id
)

select
    object.organisation,
    object.objekt_id as key,
    object.objekt as label,
    vacant.headings is null as ok,
    vacant.headings as reason,
    object.delivery,
    object.row
from registers.pm3_objekt as object
left join vacant
    on vacant.organisation = object.organisation
    and vacant.objekt_id = object.objekt_id
where object.objekttyp is distinct from 'Stadsgemensamt'
