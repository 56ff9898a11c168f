"""The grain of the tables that the models make: the columns of which a table has one row for each combination."""

GRAINS: dict[str, tuple[str, ...]] = {
    "core.active_assets": ("organisation", "tillgangs_id"),
    "core.active_records": ("organisation", "behandlings_id"),
    "core.active_units": ("organisation", "enhet"),
    "core.completed_classifications": ("organisation", "klassnings_id"),
    "core.current_documents": ("organisation", "typ"),
    "core.decided_assessments": ("organisation", "dpia_id"),
    "core.decided_documents": ("organisation", "dokument_id"),
    "core.document_types": ("typ",),
    "core.employees": ("organisation", "anstallnings_id"),
    "core.expected_processing": ("organisation", "enhet", "behandlingstyp"),
    "core.incident_deadlines": ("organisation", "arende_id", "law", "step"),
    "core.incident_steps": ("organisation", "arende_id", "law", "step"),
    "core.mandatory_courses": ("subject", "kurskod"),
    "core.mandatory_training": ("subject", "organisation", "anstallnings_id"),
    "core.mandatory_training_obstacles": ("subject", "organisation"),
    "core.plan_activities": ("organisation", "aktivitets_id"),
    "core.protected_persons": ("organisation", "anstallnings_id"),
    "core.requirements": ("kurskod", "avsnitt"),
    "core.supplied_systems": ("organisation", "system_id"),
    "marts.indicator_values": ("level", "organisation", "unit", "indicator"),
}
