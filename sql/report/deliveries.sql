/*
about = """Every file seen and what became of it, and a row for each register without any. leveranser.csv
(docs/spec/interfaces.md, Out)."""
grain = ["organisation", "register", "delivery", "sha256"]
columns = [
    "organisation", "register", "delivery", "sha256", "delivered", "confirmed", "rows_read", "rows_loaded",
    "rows_quarantined", "duplicates", "dropped_cells", "status", "reason", "notes", "unknown_columns",
    "other_rows", "other_organisations", "source", "dropped_characters",
]
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
