/*
title = "Öppna revisionsrekommendationer"
title_en = "Open audit recommendations"
area = "Styrning"
kind = "open"
target = 0
needs = ["revision"]
motive = "S 2.2.4"
question = "Är revisionens rekommendationer till och med i år åtgärdade?"
mend = """
Åtgärda det som revisionen har pekat på och sätt Status till Åtgärdad och Åtgärdad till dagen bland
revisionsrekommendationerna."""
chapter = "2.2.4"
iso = ["d3"]

[sentence]
one = "rekommendation"
many = "rekommendationer"
does_one = "är ännu inte åtgärdad"
does_many = "är ännu inte åtgärdade"

[reach]
makes.revision = 1
*/
select
    recommendation.organisation,
    recommendation.rekommendations_id as key,
    recommendation.rekommendation as label,
    recommendation.status = 'Åtgärdad' as ok,
    if(ok, null, 'status: ' || lower(recommendation.status)) as reason,
    recommendation.delivery,
    recommendation.row
from registers.revision as recommendation
cross join core.review as review
where recommendation.ar <= review.year
