/*
about = """One row per file seen, and per register without any, as it stands for K (docs/spec/interfaces.md, leveranser.csv).
The city's own deliveries stand under `staden`. A register without any file is `saknas`, or `används inte` where its
organisation doesn't deliver it so far."""
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
    if(delivery.status = 'saknas' and unused.register is not null, 'används inte', delivery.status) as status,
    delivery.reason,
    delivery.position,
    delivery.source,
    delivery.other_rows,
    delivery.other_organisations,
    delivery.near_headings,
    delivery.dropped_characters
from intake.deliveries as delivery
left join core.unused_registers as unused
    on unused.organisation = delivery.organisation
    and unused.register = delivery.register
