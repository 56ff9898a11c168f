/*
title = "Obligatorisk e-utbildning i informationssäkerhet"
title_en = "Mandatory e-learning in information security"
area = "Utbildning"
kind = "share"
target = 100
needs = ["personal", "utbildning", "utbildningskrav"]
motive = "S 2.2.3.2"
question = "Har medarbetaren i år själv gått all obligatorisk e-utbildning i informationssäkerhet?"
mend = """
Be medarbetaren gå de kurser som orsaken räknar upp. Genomförandet hämtas ur lärplattformen; en
klumpregistrering räknas inte. Har medarbetaren slutat rättas Anställd till i personalregistret."""
chapter = "2.2.3.2"
iso = ["d2"]

[sentence]
one = "medarbetare"
many = "medarbetare"
does_one = "har i år gått den obligatoriska e-utbildningen i informationssäkerhet"

[reach]
makes.personal = 1
decides.utbildning = 1
demands.utbildningskrav = "any"
*/
select
    training.organisation,
    training.enhet as unit,
    training.anstallnings_id as key,
    training.roll as label,
    training.lacking is null as ok,
    training.protected,
    'saknar genomförd kurs i år: ' || training.lacking as reason,
    training.delivery,
    training.row,
    null as obstacle
from core.mandatory_training as training
where training.subject = 'Informationssäkerhet'
union all by name
select
    obstacles.organisation,
    obstacles.obstacle
from core.mandatory_training_obstacles as obstacles
where obstacles.subject = 'Informationssäkerhet'
