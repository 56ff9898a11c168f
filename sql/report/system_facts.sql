/*
about = """What the registers know of each system and each record of processing, line by line. `kind` and `id`: whose page
it stands on. `register`: which register says it, in which `delivery` and `row`; `label` and `text`: what it says.
`to_kind`, `to_id`: the page that the line leads to. Of a role only whether somebody has it, of free text only whether
it is filled: no person's id or words. What `system.html` and `system/` show."""
grain = ["organisation", "kind", "id", "register", "place", "label"]
*/
with objects as (
    select
        object.*,
        concat_ws(
            ', ',
            if(object.objektagare_verksamhet is null, 'objektägare verksamhet', null),
            if(object.objektagare_it is null, 'objektägare it', null),
            if(object.forvaltningsledare_verksamhet is null, 'förvaltningsledare verksamhet', null),
            if(object.forvaltningsledare_it is null, 'förvaltningsledare it', null)
        ) as vacant
    from registers.pm3_objekt as object
),

systems as (
    select
        system.*,
        case system.personuppgifter when true then 'Ja' when false then 'Nej' else 'inte ifyllt' end as personal_data,
        case system.nis when true then 'Ja' when false then 'Nej' else 'inte ifyllt' end as under_nis,
        case
            when system.ai then 'Ja, ' || coalesce('riskklass ' || system.ai_klass, 'riskklass saknas')
            when not system.ai then 'Nej'
            else 'inte ifyllt'
        end as is_ai
    from registers.pm3_system as system
),

assets as (
    select
        asset.*,
        unnest(list_distinct(asset.system_id)) as in_system
    from registers.informationstillgangar as asset
    where asset.aktiv
),

records as (
    select
        record.*,
        concat_ws(
            ', ',
            if(record.personuppgiftsansvarig_filled, null, 'personuppgiftsansvarig'),
            if(record.andamal_filled, null, 'ändamål'),
            if(record.rattslig_grund_filled, null, 'rättslig grund'),
            if(record.kategorier_av_registrerade_filled, null, 'kategorier av registrerade'),
            if(record.kategorier_av_personuppgifter_filled, null, 'kategorier av personuppgifter'),
            if(record.mottagare_filled, null, 'mottagare'),
            if(record.gallringsfrist_filled, null, 'gallringsfrist'),
            if(record.sakerhetsatgarder_filled, null, 'säkerhetsåtgärder')
        ) as empty_fields
    from registers.registerforteckning as record
    where record.status = 'Aktiv'
),

record_systems as (
    select
        record.*,
        unnest(list_distinct(record.system_id)) as in_system
    from records as record
),

classifications as (
    select
        classification.*,
        concat_ws(
            ', ',
            lower(classification.typ),
            if(classification.status = 'Klar', coalesce('klar ' || classification.genomford, 'klar'), 'utkast'),
            'K' || classification.konfidentialitet || ' R' || classification.riktighet
            || ' T' || classification.tillganglighet,
            classification.krav_uppfyllda || ' av ' || classification.krav_totalt || ' krav uppfyllda'
        ) as text
    from registers.klassningar as classification
),

classified_systems as (
    select
        classification.*,
        classification.avser_id as in_system
    from classifications as classification
    where classification.avser = 'System'
    union all by name
    select
        classification.*,
        asset.in_system,
        asset.tillgangs_id as of_asset
    from assets as asset
    inner join classifications as classification
        on classification.organisation = asset.organisation
        and classification.avser = 'Tillgång'
        and classification.avser_id = asset.tillgangs_id
),

assessments as (
    select
        assessment.*,
        concat_ws(
            ', ',
            coalesce('beslutad ' || assessment.beslutad, 'inte beslutad'),
            'översedd ' || assessment.senast_oversedd
        ) as text
    from registers.konsekvensbedomningar as assessment
),

agreements as (
    select
        agreement.*,
        concat_ws(
            ', ',
            agreement.leverantor,
            case
                when agreement.tecknat is not null then 'tecknat ' || agreement.tecknat
                when agreement.behov then 'behövs men är inte tecknat'
                when not agreement.behov then 'behövs inte'
                else 'behovet är inte bedömt'
            end,
            'gäller till ' || agreement.galler_till
        ) as text
    from registers.pub_avtal as agreement
),

own_lines as (
    select
        system.organisation,
        'system' as kind,
        system.system_id as id,
        'pm3_system' as register,
        unnest([
            { 'place': 1, 'label': 'System', 'text': system.system },
            { 'place': 2, 'label': 'Kallas också', 'text': array_to_string(system.alias, ', ') },
            { 'place': 3, 'label': 'Typ', 'text': system.typ },
            { 'place': 4, 'label': 'Livscykel', 'text': system.livscykel },
            { 'place': 5, 'label': 'Leverantör', 'text': system.leverantor },
            { 'place': 6, 'label': 'Driftform', 'text': system.driftform },
            { 'place': 7, 'label': 'Personuppgifter', 'text': system.personal_data },
            { 'place': 8, 'label': 'NIS', 'text': system.under_nis },
            { 'place': 9, 'label': 'AI', 'text': system.is_ai }
        ]) as line,
        system.delivery,
        system.row
    from systems as system
    union all
    select
        record.organisation,
        'behandling' as kind,
        record.behandlings_id as id,
        'registerforteckning' as register,
        unnest([
            { 'place': 1, 'label': 'Behandling', 'text': record.behandling },
            { 'place': 2, 'label': 'Typ i behandlingskatalogen', 'text': record.behandlingstyp },
            { 'place': 3, 'label': 'Nivå', 'text': concat_ws(', ', record.niva, record.enhet) },
            {
                'place': 4,
                'label': 'Känsliga uppgifter',
                'text': case record.kansliga_uppgifter when true then 'Ja' when false then 'Nej' end
            },
            {
                'place': 5,
                'label': 'Tredjelandsöverföring',
                'text': case record.tredjelandsoverforing
                    when true then concat_ws(', ', 'Ja', coalesce(record.overforingsgrund, 'grund saknas'))
                    when false then 'Nej'
                end
            },
            { 'place': 6, 'label': 'Senast inventerad', 'text': cast(record.senast_inventerad as varchar) },
            { 'place': 7, 'label': 'Fält som inte är ifyllda', 'text': nullif(record.empty_fields, '') }
        ]) as line,
        record.delivery,
        record.row
    from records as record
),

of_systems as (
    select
        system.organisation,
        system.system_id as id,
        'pm3_objekt' as register,
        object.objekt as label,
        concat_ws(
            ', ',
            lower(object.objekttyp),
            if(object.vacant = '', 'alla roller besatta', 'obesatt: ' || object.vacant),
            coalesce('komponenter kartlagda ' || object.komponenter_kartlagda, 'komponenter inte kartlagda')
        ) as text,
        object.delivery,
        object.row
    from systems as system
    inner join objects as object
        on object.organisation = system.organisation
        and object.objekt_id = system.objekt_id
    union all by name
    select
        asset.organisation,
        asset.in_system as id,
        'informationstillgangar' as register,
        concat_ws(' ', asset.tillgangs_id, asset.tillgang) as label,
        concat_ws(
            ', ',
            'enhet ' || asset.enhet,
            if(asset.personuppgifter, 'personuppgifter', null),
            coalesce('bekräftad ' || asset.bekraftad, 'inte bekräftad'),
            coalesce('behörighetsrutin ' || asset.behorighetsrutin, 'ingen behörighetsrutin')
        ) as text,
        asset.delivery,
        asset.row
    from assets as asset
    union all by name
    select
        classification.organisation,
        classification.in_system as id,
        'klassningar' as register,
        classification.klassnings_id || coalesce(' av ' || classification.of_asset, '') as label,
        classification.text,
        classification.delivery,
        classification.row
    from classified_systems as classification
    union all by name
    select
        record.organisation,
        record.in_system as id,
        'registerforteckning' as register,
        concat_ws(' ', record.behandlings_id, record.behandling) as label,
        coalesce('inventerad ' || record.senast_inventerad, 'inte inventerad') as text,
        'behandling' as to_kind,
        record.behandlings_id as to_id,
        record.delivery,
        record.row
    from record_systems as record
    union all by name
    select
        record.organisation,
        record.in_system as id,
        'konsekvensbedomningar' as register,
        assessment.dpia_id || ' av ' || assessment.behandlings_id as label,
        assessment.text,
        'behandling' as to_kind,
        assessment.behandlings_id as to_id,
        assessment.delivery,
        assessment.row
    from record_systems as record
    inner join assessments as assessment
        on assessment.organisation = record.organisation
        and assessment.behandlings_id = record.behandlings_id
    union all by name
    select
        agreement.organisation,
        agreement.system_id as id,
        'pub_avtal' as register,
        agreement.avtals_id as label,
        agreement.text,
        agreement.delivery,
        agreement.row
    from agreements as agreement
    union all by name
    select
        procurement.organisation,
        classification.in_system as id,
        'upphandlingar' as register,
        concat_ws(' ', procurement.upphandlings_id, procurement.benamning, 'enligt ' || procurement.klassnings_id)
            as label,
        concat_ws(
            ', ',
            'annonserad ' || procurement.annonserad,
            case procurement.sakerhetskrav_stallda
                when true then 'säkerhetskrav ställda'
                when false then 'inga säkerhetskrav ställda'
            end
        ) as text,
        procurement.delivery,
        procurement.row
    from (
        select distinct
            known.organisation,
            known.in_system,
            known.klassnings_id
        from classified_systems as known
    ) as classification
    inner join registers.upphandlingar as procurement
        on procurement.organisation = classification.organisation
        and procurement.klassnings_id = classification.klassnings_id
    union all by name
    select
        breach.organisation,
        breach.system_id as id,
        'personuppgiftsincidenter' as register,
        breach.arende_id as label,
        concat_ws(
            ', ', lower(breach.typ), lower(breach.risk), 'registrerad ' || breach.registrerad, lower(breach.status)
        ) as text,
        breach.delivery,
        breach.row
    from registers.personuppgiftsincidenter as breach
    union all by name
    select
        incident.organisation,
        incident.system_id as id,
        'nis_incidenter' as register,
        incident.arende_id as label,
        concat_ws(
            ', ', if(incident.betydande, 'betydande', null), 'registrerad ' || incident.registrerad,
            lower(incident.status)
        ) as text,
        incident.delivery,
        incident.row
    from registers.nis_incidenter as incident
),

of_records as (
    select
        record.organisation,
        record.behandlings_id as id,
        'pm3_system' as register,
        concat_ws(' ', record.in_system, system.system) as label,
        if(
            system.system_id is null,
            'finns inte i systemförteckningen',
            concat_ws(', ', system.livscykel, 'personuppgifter ' || system.personal_data)
        ) as text,
        if(system.system_id is null, null, 'system') as to_kind,
        system.system_id as to_id,
        system.delivery,
        system.row
    from record_systems as record
    left join systems as system
        on system.organisation = record.organisation
        and system.system_id = record.in_system
    union all by name
    select
        assessment.organisation,
        assessment.behandlings_id as id,
        'konsekvensbedomningar' as register,
        assessment.dpia_id as label,
        assessment.text,
        assessment.delivery,
        assessment.row
    from assessments as assessment
    union all by name
    select
        record.organisation,
        record.behandlings_id as id,
        'pub_avtal' as register,
        agreement.avtals_id || ' för ' || agreement.system_id as label,
        agreement.text,
        'system' as to_kind,
        agreement.system_id as to_id,
        agreement.delivery,
        agreement.row
    from record_systems as record
    inner join agreements as agreement
        on agreement.organisation = record.organisation
        and agreement.system_id = record.in_system
),

lines as (
    select
        own.organisation,
        own.kind,
        own.id,
        own.register,
        own.line.place,
        own.line.label,
        own.line.text,
        own.delivery,
        own.row
    from own_lines as own
    where own.line.text != ''
    union all by name
    select
        'system' as kind,
        1 as place,
        of_systems.*
    from of_systems
    union all by name
    select
        'behandling' as kind,
        1 as place,
        of_records.*
    from of_records
),

pages as (
    select
        system.organisation,
        'system' as kind,
        system.system_id as id
    from systems as system
    union all
    select
        record.organisation,
        'behandling' as kind,
        record.behandlings_id as id
    from records as record
)

select
    lines.organisation,
    lines.kind,
    lines.id,
    lines.register,
    lines.place,
    lines.label,
    lines.text,
    lines.to_kind,
    lines.to_id,
    lines.delivery,
    lines.row
from lines
inner join pages
    on pages.organisation = lines.organisation
    and pages.kind = lines.kind
    and pages.id = lines.id
order by lines.organisation, lines.kind, lines.id, lines.register, lines.place, lines.label
