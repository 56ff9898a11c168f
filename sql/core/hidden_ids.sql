/*
about = """One row per organisation and employee id that may stand in no list of references or keys: of a person with protected
identity, or of a row of the personnel register in quarantine, which may be about one (docs/spec/interfaces.md,
Privacy)."""
grain = ["organisation", "id"]
*/
select
    protected.organisation,
    protected.anstallnings_id as id
from core.protected_persons as protected
union
select
    rejected.organisation,
    rejected.key[1] as id
from intake.rejected as rejected
where rejected.register = 'personal'
