/*
title = "Fullständiga registreringar"
title_en = "Complete records of processing"
area = "Registerförteckning"
kind = "share"
target = 95
needs = ["registerforteckning"]
motive = "GDPR art. 30(1); S 2.2.5"
question = "Är alla obligatoriska uppgifter ifyllda i varje aktiv registrering?"
mend = """
Fyll i de uppgifter som orsaken räknar upp i registerförteckningen. ”Okänt”, ”kompletteras” och liknande
räknas inte som ifyllt."""
chapter = "2.2.5"
iso = ["d2"]

[sentence]
one = "aktiv registrering"
many = "aktiva registreringar"
does_one = "är fullständig"
does_many = "är fullständiga"

[reach]
makes.registerforteckning = 1
*/
with records as (
    select
        record.organisation,
        record.unit,
        record.behandlings_id,
        record.behandling,
        nullif(concat_ws(', ',
            case when not record.personuppgiftsansvarig_filled then 'Personuppgiftsansvarig' end,
            case when not record.andamal_filled then 'Ändamål' end,
            case when not record.rattslig_grund_filled then 'Rättslig grund' end,
            case when not record.kategorier_av_registrerade_filled then 'Kategorier av registrerade' end,
            case
                when not record.kategorier_av_personuppgifter_filled then 'Kategorier av personuppgifter'
            end,
            case when not record.mottagare_filled then 'Mottagare' end,
            case when not record.gallringsfrist_filled then 'Gallringsfrist' end,
            case when not record.sakerhetsatgarder_filled then 'Säkerhetsåtgärder' end,
            case when record.tredjelandsoverforing is null then 'Tredjelandsöverföring' end,
            case
                when record.tredjelandsoverforing and record.overforingsgrund is null then 'Överföringsgrund'
            end
        ), '') as missing,
        record.delivery,
        record.row
    from core.active_records as record
)

select
    record.organisation,
    record.unit,
    record.behandlings_id as key,
    record.behandling as label,
    record.missing is null as ok,
    record.missing as reason,
    record.delivery,
    record.row
from records as record
