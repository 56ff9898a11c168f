/*
title = "Genomförda beslut från ledningens genomgång"
title_en = "Decisions of the management review carried out"
area = "Styrning"
kind = "share"
target = 100
needs = ["beslut"]
motive = "ISO/IEC 27001 9.3.2 a, 9.3.3"
question = "Är de beslut från tidigare genomgångar som skulle vara klara genomförda?"
mend = """
Genomför beslutet och sätt Status till Klar och Klar till dagen. Gäller det inte längre tas det upp i nästa
genomgång och får Status Struken; behövs mer tid beslutar ledningen ett nytt Klar senast."""
chapter = "3"
iso = ["a", "g"]

[sentence]
one = "beslut från tidigare genomgångar som skulle vara klart"
many = "beslut från tidigare genomgångar som skulle vara klara"
does_one = "är genomfört"
does_many = "är genomförda"
none = "Inget"

[reach]
makes.beslut = 1
*/
select
    decision.organisation,
    decision.besluts_id as key,
    decision.beslut as label,
    decision.done as ok,
    if(ok, null, coalesce('skulle vara klar ' || decision.klar_senast, 'inte klar, inget slutdatum')) as reason,
    decision.delivery,
    decision.row
from core.decisions as decision
cross join core.review as review
where
    coalesce(decision.klar_senast <= review.as_of, true)
    or decision.done
