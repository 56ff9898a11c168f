/*
about = """One row per organisation and measure: how many items a single row of a register can reach there at most, where
that hangs on the other rows (docs/spec/indicators.md, Bounds). The headers of the indicators name the measures."""
grain = ["organisation", "measure"]
*/
with measures as (
    select unnest([
        'managers', 'manager sections', 'joint sections', 'active units', 'types of processing', 'assets of a system',
        'assessments of a record', 'procurements of a classification', 'objects of a person', 'systems of an object',
        'NIS incidents of a system'
    ]) as measure
),

-- with those that stand in quarantine: a unit and a type that both come right make an item together
types as (
    select distinct catalogue.behandlingstyp
    from registers.behandlingskatalog as catalogue
    union all
    select rejected.delivery || rejected.row as behandlingstyp
    from intake.rejected as rejected
    where rejected.register = 'behandlingskatalog'
),

-- and so do a person or a unit and a section
sections as (
    select if(requirement.malgrupp = 'Chefer', 'manager sections', 'joint sections') as measure
    from core.requirements as requirement
    where
        requirement.valid_30_days_ago
        and (requirement.malgrupp = 'Chefer' or requirement.form = 'Gemensam')
    union all
    select unnest(['manager sections', 'joint sections']) as measure
    from intake.rejected as rejected
    where rejected.register = 'utbildningskrav'
),

most as (
    select
        organisation.organisation,
        sections.measure,
        count(*) as items
    from intake.organisations as organisation
    cross join sections
    group by organisation.organisation, sections.measure
    union all
    select
        person.organisation,
        'managers' as measure,
        count(*) as items
    from core.employees as person
    where
        person.in_training_scope
        and person.manager
    group by person.organisation
    union all
    select
        unit.organisation,
        'active units' as measure,
        count(*) as items
    from core.active_units as unit
    group by unit.organisation
    union all
    select
        organisation.organisation,
        'types of processing' as measure,
        count(*) as items
    from intake.organisations as organisation
    cross join types
    group by organisation.organisation
    union all
    select
        sharing.organisation,
        'assets of a system' as measure,
        max(sharing.items) as items
    from (
        select
            listed.organisation,
            listed.system_id,
            count(*) as items
        from (
            select
                asset.organisation,
                unnest(list_distinct(asset.system_id)) as system_id
            from registers.informationstillgangar as asset
        ) as listed
        group by listed.organisation, listed.system_id
    ) as sharing
    group by sharing.organisation
    union all
    select
        shared.organisation,
        'assessments of a record' as measure,
        max(shared.items) as items
    from (
        select
            assessment.organisation,
            assessment.behandlings_id,
            count(*) as items
        from registers.konsekvensbedomningar as assessment
        group by assessment.organisation, assessment.behandlings_id
    ) as shared
    group by shared.organisation
    union all
    select
        shared.organisation,
        'procurements of a classification' as measure,
        max(shared.items) as items
    from (
        select
            procurement.organisation,
            procurement.klassnings_id,
            count(*) as items
        from registers.upphandlingar as procurement
        where procurement.klassnings_id is not null
        group by procurement.organisation, procurement.klassnings_id
    ) as shared
    group by shared.organisation
    union all
    select
        shared.organisation,
        'objects of a person' as measure,
        max(shared.items) as items
    from (
        select
            held.organisation,
            held.holder,
            count(distinct held.objekt_id) as items
        from (
            select
                object.organisation,
                object.objekt_id,
                unnest([
                    object.objektagare_verksamhet, object.objektagare_it,
                    object.forvaltningsledare_verksamhet, object.forvaltningsledare_it
                ]) as holder
            from registers.pm3_objekt as object
        ) as held
        where held.holder is not null
        group by held.organisation, held.holder
    ) as shared
    group by shared.organisation
    union all
    select
        shared.organisation,
        'systems of an object' as measure,
        max(shared.items) as items
    from (
        select
            system.organisation,
            system.objekt_id,
            count(*) as items
        from registers.pm3_system as system
        where system.objekt_id is not null
        group by system.organisation, system.objekt_id
    ) as shared
    group by shared.organisation
    union all
    select
        shared.organisation,
        'NIS incidents of a system' as measure,
        max(shared.items) as items
    from (
        select
            incident.organisation,
            incident.system_id,
            count(*) as items
        from registers.nis_incidenter as incident
        where incident.system_id is not null
        group by incident.organisation, incident.system_id
    ) as shared
    group by shared.organisation
)

select
    organisation.organisation,
    measures.measure,
    -- a row that shares nothing reaches its own item still
    greatest(coalesce(most.items, 1), 1) as items
from intake.organisations as organisation
cross join measures
left join most
    on most.organisation = organisation.organisation
    and most.measure = measures.measure
