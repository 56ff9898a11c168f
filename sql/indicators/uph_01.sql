/*
title = "Upphandlingar med säkerhetskrav"
title_en = "Procurements with security requirements"
area = "Styrning"
kind = "share"
target = 90
needs = ["upphandlingar", "klassningar"]
motive = "S 2.2.3.1, 3.3"
question = "Har årets annonserade upphandlingar av information säkerhetskrav och en klassning före annonsen?"
mend = """
Klassa informationen innan upphandlingen annonseras, ställ säkerhetskrav efter klassningen, och fyll i
Klassnings-id och Säkerhetskrav ställda. Är den redan annonserad: ta in kraven i avtalet; raden står kvar året
ut."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "upphandling som rör information"
many = "upphandlingar som rör information"
does_one = "har ställt säkerhetskrav utifrån en klassning"

[reach]
makes.upphandlingar = 1
decides.klassningar = "procurements of a classification"
*/
with procurements as (
    select
        procurement.organisation,
        procurement.upphandlings_id,
        procurement.benamning,
        nullif(concat_ws(', ',
            case when not coalesce(procurement.sakerhetskrav_stallda, false) then 'säkerhetskrav saknas' end,
            case when classification.klassnings_id is null then 'ingen genomförd klassning före annonsen' end
        ), '') as missing,
        procurement.delivery,
        procurement.row
    from registers.upphandlingar as procurement
    cross join core.review as review
    left join core.completed_classifications as classification
        on classification.organisation = procurement.organisation
        and classification.klassnings_id = procurement.klassnings_id
        and classification.genomford <= procurement.annonserad
    where
        procurement.avser_information
        and procurement.annonserad between review.year_start and review.as_of
)

select
    procurement.organisation,
    procurement.upphandlings_id as key,
    procurement.benamning as label,
    procurement.missing is null as ok,
    procurement.missing as reason,
    procurement.delivery,
    procurement.row
from procurements as procurement
