/*
about = """One row per active record of processing (docs/spec/indicators.md, Common terms). `unit` is what its items
belong to: the record's own unit where its level is Enhet, none where the whole board shares it."""
grain = ["organisation", "behandlings_id"]
*/
select
    record.organisation,
    record.behandlings_id,
    record.behandling,
    record.behandlingstyp,
    record.niva = 'Nämndgemensam' as joint,
    case when record.niva = 'Enhet' then record.enhet end as unit,
    record.personuppgiftsansvarig_filled,
    record.andamal_filled,
    record.rattslig_grund_filled,
    record.kategorier_av_registrerade_filled,
    record.kategorier_av_personuppgifter_filled,
    record.mottagare_filled,
    record.gallringsfrist_filled,
    record.sakerhetsatgarder_filled,
    record.tredjelandsoverforing,
    record.overforingsgrund,
    record.system_id,
    record.dpia_kriterier,
    record.senast_inventerad,
    record.delivery,
    record.row
from registers.registerforteckning as record
where record.status = 'Aktiv'
