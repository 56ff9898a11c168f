/*
title = "Källtäckning"
title_en = "Source coverage"
area = "Styrning"
kind = "share"
target = 100
needs = []
motive = "S 1"
question = "Har vart och ett av de register som används en leverans som bekräftats de senaste 45 dagarna?"
mend = """
Lägg en ny export av registret i inkorgen. Är inget ändrat räcker samma fil en gång till, med dagens datum i
namnet: då är uppgifterna bekräftade."""
chapter = "1"
iso = ["d2"]

[sentence]
one = "register"
many = "register"
does_one = "har en aktuell leverans"
none = "Inget"
*/
select
    organisation.organisation,
    register.register as key,
    register.register as label,
    coalesce(coverage.confirmed >= review.as_of - 45, false) as ok,
    if(ok, null, coalesce('senast bekräftad ' || coverage.confirmed, 'ingen leverans i kraft')) as reason
from intake.organisations as organisation
cross join intake.registers as register
cross join core.review as review
left join intake.coverage as coverage
    on coverage.organisation = organisation.organisation
    and coverage.register = register.register
anti join core.unused_registers as unused
    on unused.organisation = organisation.organisation
    and unused.register = register.register
