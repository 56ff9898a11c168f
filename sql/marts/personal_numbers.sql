/*
about = """One row per cell of a row read, loaded or not, of the deliveries in force, in which a personal or coordination
number stands that has no business there (docs/spec/indicators.md, personnummer i fritext): the place, never the value. A
row of the file on which several records stand is one place."""
grain = ["organisation", "register", "delivery", "row", "column"]
*/
select distinct
    number.organisation,
    number.register,
    number.delivery,
    number.row,
    number."column"
from intake.personal_numbers as number
