/*
about = """Every file seen and what became of it, and a row for each register without any. leveranser.csv
(docs/spec/interfaces.md, Out)."""
grain = ["organisation", "register", "delivery", "sha256"]

[headings]
organisation = "Organisation"
register = "Register"
delivery = "Källfil"
sha256 = "Sha256"
delivered = "Levererad"
confirmed = "Senast bekräftad"
rows_read = "Rader lästa"
rows_loaded = "Rader inlästa"
rows_quarantined = "Rader i karantän"
duplicates = "Dubbletter"
dropped_cells = "Celler åtgärdade"
status = "Status"
reason = "Orsak"
notes = "Noter"
unknown_columns = "Okända kolumner"
other_rows = "Andra rader"
other_organisations = "Andra organisationers rader"
source = "Källa"
dropped_characters = "Borttagna tecken"

[on_sheets]
dropped_cells = "Celler lämnade tomma"
*/
select
    delivery.organisation,
    delivery.register,
    delivery.name as delivery,
    delivery.sha256,
    delivery.delivered,
    delivery.confirmed,
    delivery.read as rows_read,
    delivery.loaded as rows_loaded,
    delivery.quarantined as rows_quarantined,
    delivery.duplicates,
    delivery.dropped_cells,
    delivery.status,
    delivery.reason,
    delivery.notes,
    delivery.unknown_columns,
    delivery.other_rows,
    delivery.other_organisations,
    delivery.source,
    delivery.dropped_characters
from marts.deliveries as delivery
order by delivery.position
