/*
title = "Registrerades begäranden besvarade i tid"
title_en = "Requests of data subjects answered in time"
area = "Registerförteckning"
kind = "share"
target = 100
law = true
needs = ["begaran"]
motive = "GDPR art. 12(3); S 2.2.5"
question = "Besvarades den registrerades begäran inom en månad, eller tre om den förlängts, senaste tolv månaderna?"
mend = """
Besvara begäran nu och skriv dagen i Besvarad. Behövs förlängning ska den meddelas inom en månad och dagen stå
i Förlängd. Ett svar som kom för sent står kvar i tolv månader."""
chapter = "2.2.5"
iso = ["e"]

[sentence]
one = "begäran från en registrerad de senaste tolv månaderna"
many = "begäranden från registrerade de senaste tolv månaderna"
does_one = "besvarades i tid"

[reach]
makes.begaran = 1
*/
select
    request.organisation,
    request.enhet as unit,
    request.arende_id as key,
    request.typ as label,
    request.in_time as ok,
    case
        when request.in_time then null
        when request.answered then 'för sent, tidsgränsen var ' || request.limit_day
        else 'saknas, tidsgränsen var ' || request.limit_day
    end as reason,
    request.delivery,
    request.row
from core.request_deadlines as request
cross join core.review as review
where
    request.inkommen > review.months_12_ago
    and request.inkommen <= review.as_of
    and (request.answered or request.limit_day <= review.as_of)
