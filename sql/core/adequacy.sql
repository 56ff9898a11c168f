/*
about = """One row per adequacy decision that is named as a ground of its own for a transfer (Överföringsgrund of
registerforteckning), and time in which it is in force; `in_force_to` is empty while it has no end
(docs/spec/indicators.md, REG-05)."""
grain = ["name", "in_force_from"]
*/
select
    decision.name,
    cast(decision.in_force_from as date) as in_force_from,
    cast(decision.in_force_to as date) as in_force_to,
    decision.source
from (
    values
        ('EU-US DPF', '2023-07-10', null, 'kommissionens genomförandebeslut (EU) 2023/1795')
) as decision (name, in_force_from, in_force_to, source)
