/*
about = """What the registers say of a system or a record of processing that can't all be true: one row per contradiction on
the page (`kind`, `id`) that shows it. A cell that isn't filled contradicts nothing. What `system/` shows."""
grain = ["organisation", "kind", "id", "text"]
*/
with mentions as (
    -- `who` names the system; what it does there with personal data and under NIS, as the end of a sentence
    select
        record.organisation,
        unnest(list_distinct(record.system_id)) as in_system,
        record.behandlings_id,
        'behandlingen ' || record.behandlings_id as who,
        'sker där' as with_personal_data,
        null as under_nis,
        true as is_active
    from registers.registerforteckning as record
    where record.status = 'Aktiv'
    union all by name
    select
        asset.organisation,
        unnest(list_distinct(asset.system_id)) as in_system,
        'informationstillgången ' || asset.tillgangs_id as who,
        if(asset.personuppgifter, 'har det', null) as with_personal_data,
        if(asset.nis, 'gör det', null) as under_nis,
        true as is_active
    from registers.informationstillgangar as asset
    where asset.aktiv
    union all by name
    select
        breach.organisation,
        breach.system_id as in_system,
        'personuppgiftsincidenten ' || breach.arende_id as who,
        'rör det' as with_personal_data
    from registers.personuppgiftsincidenter as breach
    union all by name
    select
        incident.organisation,
        incident.system_id as in_system,
        'NIS-incidenten ' || incident.arende_id as who,
        'rör det' as under_nis
    from registers.nis_incidenter as incident
),

contradicted as (
    select
        mention.organisation,
        system.system_id,
        mention.behandlings_id,
        unnest([
            if(
                not system.personuppgifter,
                'Systemförteckningen säger att ' || system.system_id || ' inte har personuppgifter; ' || mention.who
                || ' ' || mention.with_personal_data || '.',
                null
            ),
            if(
                not system.nis,
                'Systemförteckningen säger att ' || system.system_id || ' inte omfattas av NIS; ' || mention.who
                || ' ' || mention.under_nis || '.',
                null
            ),
            if(
                system.livscykel = 'Avvecklad' and mention.is_active,
                system.system_id || ' är avvecklat; ' || mention.who || ' är aktiv där.',
                null
            )
        ]) as text
    from mentions as mention
    inner join registers.pm3_system as system
        on system.organisation = mention.organisation
        and system.system_id = mention.in_system
),

found as (
    select
        mention.organisation,
        'system' as kind,
        mention.system_id as id,
        mention.text
    from contradicted as mention
    union all
    select
        mention.organisation,
        'behandling' as kind,
        mention.behandlings_id as id,
        mention.text
    from contradicted as mention
    where mention.behandlings_id is not null
    union all
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
)

select
    found.organisation,
    found.kind,
    found.id,
    found.text
from found
where found.text is not null
order by found.organisation, found.kind, found.id, found.text
