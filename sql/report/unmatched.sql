/*
about = """References that point at nothing, by the cell that holds them. bristlistor/omatchade.csv
(docs/spec/interfaces.md, Out)."""
grain = ["organisation", "register", "delivery", "row", "column", "value", "target", "number"]
columns = [
    "organisation", "register", "delivery", "row", "column", "value", "target",
]

[headings]
target = "Pekar på"
*/
select
    unmatched.organisation,
    unmatched.register,
    unmatched.delivery,
    unmatched.row,
    unmatched."column",
    unmatched.value,
    unmatched.target,
    unmatched.number
from marts.unmatched as unmatched
order by unmatched.register, unmatched.delivery, unmatched.row, unmatched."column", unmatched.value
