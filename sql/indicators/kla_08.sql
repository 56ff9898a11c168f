/*
title = "Klassade system i systemtjänsteavtalet"
title_en = "Classified systems in the system service agreement"
area = "Klassning"
kind = "share"
target = 100
needs = ["pm3_system", "klassningar"]
motive = "S 3.1"
question = "Är varje system i drift inom systemtjänsteavtalet klassat de senaste 36 månaderna?"
mend = """
Klassa systemet i KLASSA och för in klassningen med Avser System, Avser-id, Genomförd och Status Klar. Stämmer
inte driftformen rättas Driftform i systemförteckningen."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "system i systemtjänsteavtalet"
many = "system i systemtjänsteavtalet"
does_one = "är klassat"
does_many = "är klassade"
none = "Inget"
alone_yes = "Det enda system som ingår i systemtjänsteavtalet är klassat"
alone_no = "Det enda system som ingår i systemtjänsteavtalet är inte klassat"

[reach]
makes.pm3_system = 1
decides.klassningar = 1
*/
select
    system.organisation,
    system.system_id as key,
    system.system as label,
    coalesce(newest.genomford > review.months_36_ago, false) as ok,
    if(ok, null, coalesce('senast klassat ' || newest.genomford, 'ingen genomförd klassning')) as reason,
    system.delivery,
    system.row
from registers.pm3_system as system
cross join core.review as review
left join core.completed_classifications as newest
    on newest.organisation = system.organisation
    and newest.avser_id = system.system_id
    and newest.avser = 'System'
    and newest.latest
where
    system.driftform = 'Systemtjänsteavtal'
    and system.livscykel = 'Drift'
