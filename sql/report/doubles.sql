/*
about = """Rows that give way to one of another source with the same key, and the file whose row holds.
bristlistor/dubbla_kallor.csv (docs/spec/sources.md, Several sources of one register)."""
grain = ["organisation", "register", "delivery", "row", "number"]
columns = [
    "organisation", "register", "delivery", "row", "key", "holds_in",
]

[headings]
key = "Nyckel"
*/
select
    double.organisation,
    double.register,
    double.delivery,
    double.row,
    double.key,
    double.holds_in,
    double.number
from marts.doubles as double
order by double.register, double.delivery, double.row, double.number
