/*
about = """What is to be done by a day: the calendar's events and the annual wheel's."""
grain = ["organisation", "kind", "key", "due"]
*/
select
    due.organisation,
    due.kind,
    due.key,
    due.label,
    due.due,
    due.moment
from marts.due as due
order by due.due, due.kind, due.key
