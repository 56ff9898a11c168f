/*
about = """Rows and cells that their contract refused, of the deliveries in force. `explanation` is written by
assets/publication/explain.py, from the contract. karantan.csv (docs/spec/interfaces.md, Out)."""
grain = ["organisation", "register", "delivery", "row", "column", "rule", "effect", "number"]
columns = [
    "organisation", "register", "delivery", "row", "column", "value", "rule", "effect", "explanation",
    "source_heading",
]
*/
select
    refused.organisation,
    refused.register,
    refused.delivery,
    refused.row,
    refused."column",
    refused.value,
    refused.rule,
    refused.effect,
    refused.source_heading,
    refused.number
from marts.quarantine as refused
order by refused.register, refused.delivery, refused.row, refused."column"
