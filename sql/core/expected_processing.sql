/*
about = """One row per active unit and type of processing expected of it (docs/spec/indicators.md, REG-01), once also
where the type is listed both for all units and for the unit's kind. `covered`: an active record has it;
`covered_jointly`: one that the whole board shares."""
grain = ["organisation", "enhet", "behandlingstyp"]
*/
with expected as (
    select
        unit.organisation,
        unit.enhet,
        catalogue.behandlingstyp,
        -- a type may be named differently for all units and for a kind of unit: the nearest name is shown
        arg_min(catalogue.benamning, catalogue.verksamhet = 'Alla') as benamning,
        any_value(unit.delivery) as delivery,
        any_value(unit.row) as row
    from core.active_units as unit
    inner join registers.behandlingskatalog as catalogue
        on catalogue.verksamhet in ('Alla', unit.verksamhet)
    group by unit.organisation, unit.enhet, catalogue.behandlingstyp
),

joint as (
    select distinct
        record.organisation,
        record.behandlingstyp
    from core.active_records as record
    where record.joint
),

own as (
    select distinct
        record.organisation,
        record.unit,
        record.behandlingstyp
    from core.active_records as record
)

select
    expected.organisation,
    expected.enhet,
    expected.behandlingstyp,
    expected.benamning,
    joint.behandlingstyp is not null or own.behandlingstyp is not null as covered,
    joint.behandlingstyp is not null as covered_jointly,
    expected.delivery,
    expected.row
from expected
left join joint
    on joint.organisation = expected.organisation
    and joint.behandlingstyp = expected.behandlingstyp
left join own
    on own.organisation = expected.organisation
    and own.unit = expected.enhet
    and own.behandlingstyp = expected.behandlingstyp
