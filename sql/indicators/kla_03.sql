/*
title = "Klassningar uppföljda senaste året"
title_en = "Classifications followed up within a year"
area = "Klassning"
kind = "share"
target = 100
needs = ["klassningar", "informationstillgangar", "pm3_system"]
motive = "S 3.1"
question = "Har det som klassades för ett år sedan eller mer klassats om eller följts upp sedan dess?"
mend = """
Följ upp klassningen: stämmer nivåerna, är kraven uppfyllda? För in uppföljningen bland klassningarna med
Följer upp, Genomförd och Status Klar. Används tillgången inte längre sätts Aktiv till Nej."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "tidigare klassat objekt"
many = "tidigare klassade objekt"
does_one = "har följts upp det senaste året"
none = "Inget"

[reach]
alters.klassningar = 1
alters.informationstillgangar = 1
alters.pm3_system = 1
*/
with objects as (
    select
        classification.organisation,
        classification.avser,
        classification.avser_id,
        min(classification.genomford) as first_classified
    from core.completed_classifications as classification
    where classification.object_active
    group by classification.organisation, classification.avser, classification.avser_id
)

select
    newest.organisation,
    newest.unit,
    concat(newest.avser, ' / ', newest.avser_id) as key,
    newest.avser_id as label,
    newest.genomford > review.months_12_ago as ok,
    if(ok, null, 'senast klassad eller uppföljd ' || newest.genomford) as reason,
    newest.delivery,
    newest.row
from objects as object
inner join core.completed_classifications as newest
    on newest.organisation = object.organisation
    and newest.avser = object.avser
    and newest.avser_id = object.avser_id
    and newest.latest
cross join core.review as review
where object.first_classified <= review.months_12_ago
