/*
title = "Giltiga biträdesavtal"
title_en = "Valid processor agreements"
area = "Registerförteckning"
kind = "share"
target = 100
law = true
needs = ["pm3_system", "pub_avtal"]
motive = "GDPR art. 28(3)"
question = "Har varje system i drift eller avveckling som behöver ett biträdesavtal ett tecknat avtal som gäller?"
mend = """
Teckna ett personuppgiftsbiträdesavtal med leverantören, eller förläng det som har gått ut, och fyll i Tecknat
och Gäller till bland biträdesavtalen."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "system som behöver biträdesavtal"
many = "system som behöver biträdesavtal"
does_one = "har ett giltigt avtal"
none = "Inget"

[reach]
makes.pm3_system = 1
alters.pub_avtal = 1
*/
with agreements as (
    select
        agreement.organisation,
        agreement.system_id,
        bool_or(agreement.behov) as needed,
        coalesce(bool_or(
            agreement.tecknat <= review.as_of and coalesce(agreement.galler_till >= review.as_of, true)
        ), false) as valid,
        max(agreement.galler_till) filter (where agreement.tecknat <= review.as_of) as ended
    from registers.pub_avtal as agreement
    cross join core.review as review
    group by agreement.organisation, agreement.system_id
)

select
    system.organisation,
    system.system_id as key,
    system.system as label,
    agreement.valid as ok,
    if(ok, null, coalesce('avtalet gällde till ' || agreement.ended, 'inget tecknat avtal')) as reason,
    system.delivery,
    system.row
from core.supplied_systems as system
inner join agreements as agreement
    on agreement.organisation = system.organisation
    and agreement.system_id = system.system_id
where agreement.needed
