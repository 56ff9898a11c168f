/*
title = "AI-system med bedömd riskklass"
title_en = "AI systems with an assessed risk class"
area = "Styrning"
kind = "share"
target = 100
first_day = 2025-02-02
needs = ["pm3_system"]
motive = "AI-förordningen (EU) 2024/1689 art. 4, 6, 26"
question = "Är riskklassen enligt AI-förordningen bedömd för varje system med AI i drift eller avveckling?"
mend = """
Bedöm systemets riskklass enligt AI-förordningen och fyll i AI-klass i systemförteckningen. Finns ingen AI i
systemet ska AI stå som Nej."""
chapter = "2.2.3.1"
iso = ["d2"]

[sentence]
one = "system med AI"
many = "system med AI"
does_one = "har fått sin riskklass bedömd"
none = "Inget"

[reach]
makes.pm3_system = 1
*/
select
    system.organisation,
    system.system_id as key,
    system.system as label,
    unrecorded."column" is null as measured,
    if(measured, system.ai_klass is not null, null) as ok,
    case
        when not measured then 'kolumnen AI-klass saknas'
        when not ok then 'riskklass saknas'
    end as reason,
    system.delivery,
    system.row
from registers.pm3_system as system
left join intake.missing_columns as unrecorded
    on unrecorded.organisation = system.organisation
    and unrecorded.delivery = system.delivery
    and unrecorded.register = 'pm3_system'
    and unrecorded."column" = 'AI-klass'
where
    system.livscykel in ('Drift', 'Avveckling')
    and system.ai
