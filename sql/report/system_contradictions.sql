/*
about = """What the registers say of a system or a record of processing that can't all be true: one row per contradiction on
the page (`kind`, `id`) that shows it. A cell that isn't filled contradicts nothing. What `system/` shows."""
grain = ["organisation", "kind", "id", "text"]
*/
with record_systems as (
    select
        record.organisation,
        record.behandlings_id,
        unnest(list_distinct(record.system_id)) as in_system
    from registers.registerforteckning as record
    where record.status = 'Aktiv'
),

asset_systems as (
    select
        asset.organisation,
        asset.tillgangs_id,
        asset.personuppgifter,
        asset.nis,
        unnest(list_distinct(asset.system_id)) as in_system
    from registers.informationstillgangar as asset
    where asset.aktiv
),

of_records as (
    select
        record.organisation,
        record.behandlings_id,
        system.system_id,
        unnest([
            if(
                not system.personuppgifter,
                concat(
                    'Systemförteckningen säger att ', system.system_id, ' inte har personuppgifter; behandlingen ',
                    record.behandlings_id, ' sker där.'
                ),
                null
            ),
            if(
                system.livscykel = 'Avvecklad',
                concat(system.system_id, ' är avvecklat; behandlingen ', record.behandlings_id, ' är aktiv där.'),
                null
            )
        ]) as text
    from record_systems as record
    inner join registers.pm3_system as system
        on system.organisation = record.organisation
        and system.system_id = record.in_system
),

of_assets as (
    select
        asset.organisation,
        system.system_id,
        unnest([
            if(
                not system.personuppgifter and asset.personuppgifter,
                concat(
                    'Systemförteckningen säger att ', system.system_id,
                    ' inte har personuppgifter; informationstillgången ', asset.tillgangs_id, ' har det.'
                ),
                null
            ),
            if(
                not system.nis and asset.nis,
                concat(
                    'Systemförteckningen säger att ', system.system_id,
                    ' inte omfattas av NIS; informationstillgången ', asset.tillgangs_id, ' gör det.'
                ),
                null
            ),
            if(
                system.livscykel = 'Avvecklad',
                concat(
                    system.system_id, ' är avvecklat; informationstillgången ', asset.tillgangs_id, ' är aktiv där.'
                ),
                null
            )
        ]) as text
    from asset_systems as asset
    inner join registers.pm3_system as system
        on system.organisation = asset.organisation
        and system.system_id = asset.in_system
),

found as (
    select
        system.organisation,
        'system' as kind,
        system.system_id as id,
        concat(
            'Systemförteckningen säger att ', system.system_id, ' inte är AI men har riskklassen ',
            lower(system.ai_klass), '.'
        ) as text
    from registers.pm3_system as system
    where
        not system.ai
        and system.ai_klass is not null
    union all
    select
        breach.organisation,
        'system' as kind,
        breach.system_id as id,
        concat(
            'Systemförteckningen säger att ', breach.system_id, ' inte har personuppgifter; personuppgiftsincidenten ',
            breach.arende_id, ' rör det.'
        ) as text
    from registers.personuppgiftsincidenter as breach
    inner join registers.pm3_system as system
        on system.organisation = breach.organisation
        and system.system_id = breach.system_id
    where not system.personuppgifter
    union all
    select
        incident.organisation,
        'system' as kind,
        incident.system_id as id,
        concat(
            'Systemförteckningen säger att ', incident.system_id, ' inte omfattas av NIS; NIS-incidenten ',
            incident.arende_id, ' rör det.'
        ) as text
    from registers.nis_incidenter as incident
    inner join registers.pm3_system as system
        on system.organisation = incident.organisation
        and system.system_id = incident.system_id
    where not system.nis
    union all
    select
        agreement.organisation,
        'system' as kind,
        agreement.system_id as id,
        concat(
            'Leverantören är ', system.leverantor, ' i systemförteckningen och ', agreement.leverantor,
            ' i avtalet ', agreement.avtals_id, '.'
        ) as text
    from registers.pub_avtal as agreement
    inner join registers.pm3_system as system
        on system.organisation = agreement.organisation
        and system.system_id = agreement.system_id
    where lower(trim(system.leverantor)) != lower(trim(agreement.leverantor))
    union all
    select
        record.organisation,
        'behandling' as kind,
        record.behandlings_id as id,
        concat(
            record.behandlings_id, ' förs inte över till tredjeland men har överföringsgrunden ',
            record.overforingsgrund, '.'
        ) as text
    from registers.registerforteckning as record
    where
        record.status = 'Aktiv'
        and not record.tredjelandsoverforing
        and record.overforingsgrund is not null
    union all
    select
        own.organisation,
        'system' as kind,
        own.system_id as id,
        own.text
    from of_records as own
    union all
    select
        own.organisation,
        'behandling' as kind,
        own.behandlings_id as id,
        own.text
    from of_records as own
    union all
    select
        own.organisation,
        'system' as kind,
        own.system_id as id,
        own.text
    from of_assets as own
)
select
    found.organisation,
    found.kind,
    found.id,
    found.text
from found
where found.text is not null
order by found.organisation, found.kind, found.id, found.text
