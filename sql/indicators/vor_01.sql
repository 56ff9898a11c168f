/*
title = "Godtagbara VoR-indikatorer"
title_en = "Acceptable indicators of the risk analysis"
area = "Styrning"
kind = "share"
target = 100
needs = ["vor_indikatorer"]
motive = "S 2.2.3.1"
question = "Är årets indikatorer i väsentlighets- och riskanalysen bedömda som godtagbara?"
mend = """
Ta reda på varför indikatorn inte är godtagbar, besluta en åtgärd i internkontrollplanen eller
handlingsplanen, och skriv den nya bedömningen i Bedömning bland VoR-indikatorerna."""
chapter = "2.2.3.1"
iso = ["f"]

[sentence]
one = "indikator"
many = "indikatorer"
does_one = "bedöms som godtagbar"
does_many = "bedöms som godtagbara"

[reach]
makes.vor_indikatorer = 1
*/
select
    assessment.organisation,
    concat(assessment.indikator, ' / ', assessment.ar) as key,
    assessment.indikator as label,
    assessment.bedomning = 'Godtagbar' as ok,
    if(ok, null, 'bedömd som ' || lower(assessment.bedomning)) as reason,
    assessment.delivery,
    assessment.row
from registers.vor_indikatorer as assessment
cross join core.review as review
where assessment.ar = review.year
