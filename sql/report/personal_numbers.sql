/*
about = """Places where a personal number has been taken out of a text; never the number.
bristlistor/personnummer_i_fritext.csv (docs/spec/interfaces.md, Out)."""
grain = ["organisation", "register", "delivery", "row", "column"]
columns = [
    "organisation", "register", "delivery", "row", "column",
]
*/
select
    place.organisation,
    place.register,
    place.delivery,
    place.row,
    place."column"
from marts.personal_numbers as place
order by place.register, place.delivery, place.row, place."column"
