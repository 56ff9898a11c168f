/*
about = """Every file that was refused or fits no register, with what its headings are near to: how each is mended is said
of it on the page (publication/explain_refusal.py)."""
grain = ["organisation", "register", "delivery", "sha256"]
columns = [
    "register", "delivery", "delivered", "reason", "mend",
]

[headings]
mend = "Så rättas den"
*/
select
    delivery.organisation,
    delivery.register,
    delivery.name as delivery,
    delivery.sha256,
    delivery.delivered,
    delivery.reason,
    delivery.near_headings
from marts.deliveries as delivery
where delivery.status in ('avvisad', 'okänd')
order by delivery.position desc
