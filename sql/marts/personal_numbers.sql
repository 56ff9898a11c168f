/*
about = """One row per cell of a row read, loaded or not, of the deliveries in force, in which a personal or coordination
number stands that has no business there (docs/spec/indicators.md, personnummer i fritext): the place, never the value."""
grain = ["organisation", "register", "delivery", "row", "column"]
*/
select
    number.organisation,
    number.register,
    number.delivery,
    number.row,
    number."column"
from intake.personal_numbers as number
