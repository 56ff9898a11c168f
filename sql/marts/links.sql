/*
about = """One row per reference that a row of a register makes to another register's row, found there or not: the way
from a gap to its neighbours (its system, object, record, classification, agreement). None leads to or from persons."""
grain = ["organisation", "register", "delivery", "row", "column", "value", "target"]
*/
select
    link.organisation,
    link.register,
    link.key,
    link.delivery,
    link.row,
    link."column",
    link.value,
    link.target
from intake.links as link
