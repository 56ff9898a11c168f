/*
about = """One row per reference that a row of a register makes to another register's row, found there or not: the way
from a gap to its neighbours (its system, object, record, classification, agreement). None leads to or from persons.
A value that may not be shown isn't there, nor does a row of the file stand there twice with the same one."""
grain = ["organisation", "register", "delivery", "row", "column", "value", "target"]
*/
select distinct
    link.organisation,
    link.register,
    link.key,
    link.delivery,
    link.row,
    link."column",
    link.value,
    link.target
from intake.links as link
where
    not coalesce(starts_with(link.value, 'hash:'), false)
    and not coalesce(starts_with(link.key, 'hash:'), false)
