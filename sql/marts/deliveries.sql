/*
about = """One row per file seen, and per register without any, as it stands for K (docs/spec/interfaces.md, leveranser.csv).
The city's own deliveries stand under `staden`."""
grain = ["position"]
*/
select
    delivery.organisation,
    delivery.register,
    delivery.name,
    delivery.sha256,
    delivery.delivered,
    delivery.confirmed,
    delivery.read,
    delivery.loaded,
    delivery.quarantined,
    delivery.duplicates,
    delivery.dropped_cells,
    delivery.notes,
    delivery.unknown_columns,
    delivery.missing_columns,
    delivery.status,
    delivery.reason,
    delivery.position,
    delivery.source,
    delivery.other_rows,
    delivery.other_organisations
from intake.deliveries as delivery
