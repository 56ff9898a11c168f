/*
title = "Kartlagda behov av biträdesavtal"
title_en = "Needs of processor agreements assessed"
area = "Registerförteckning"
kind = "share"
target = 100
needs = ["pm3_system", "pub_avtal"]
motive = "S 2.2.4"
question = "Är behovet av biträdesavtal bedömt för varje system i drift eller avveckling med personuppgifter och leverantör?"
mend = """
Bedöm om leverantören behandlar personuppgifter för er räkning. Lägg upp en rad bland biträdesavtalen med
System-id, Behov bedömt och Behov, också när svaret är Nej."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "system där en leverantör hanterar personuppgifter"
many = "system där en leverantör hanterar personuppgifter"
does_one = "har fått behovet av biträdesavtal bedömt"
none = "Inget"

[reach]
makes.pm3_system = 1
decides.pub_avtal = 1
*/
with assessed as (
    select distinct
        agreement.organisation,
        agreement.system_id
    from registers.pub_avtal as agreement
    cross join core.review as review
    where agreement.behov_bedomt <= review.as_of
)

select
    system.organisation,
    system.system_id as key,
    system.system as label,
    assessed.system_id is not null as ok,
    if(ok, null, 'behovet av biträdesavtal är inte bedömt') as reason,
    system.delivery,
    system.row
from core.supplied_systems as system
left join assessed
    on assessed.organisation = system.organisation
    and assessed.system_id = system.system_id
