/*
about = """One row per completed classification (docs/spec/indicators.md, Common terms), with what is asked of its
object: `unit` by the table "Key, label and unit" (KLA-01), `object_active`, and whether this one is the
object's `latest` (KLA-09)."""
grain = ["organisation", "klassnings_id"]
*/
with objects as (
    select
        asset.organisation,
        'Tillgång' as avser,
        asset.tillgangs_id as avser_id,
        asset.enhet as unit,
        asset.aktiv as active
    from registers.informationstillgangar as asset
    union all
    select
        system.organisation,
        'System' as avser,
        system.system_id as avser_id,
        null as unit,
        system.livscykel in ('Drift', 'Avveckling') as active
    from registers.pm3_system as system
)

select
    classification.organisation,
    classification.klassnings_id,
    classification.avser,
    classification.avser_id,
    classification.typ,
    classification.genomford,
    classification.foljer_upp is not null as follow_up,
    classification.krav_totalt,
    classification.krav_uppfyllda,
    object.unit,
    -- an id that the register named by Avser doesn't know counts as active
    coalesce(object.active, true) as object_active,
    row_number() over (
        partition by classification.organisation, classification.avser, classification.avser_id
        order by classification.genomford desc, classification.klassnings_id desc
    ) = 1 as latest,
    classification.delivery,
    classification.row
from registers.klassningar as classification
cross join core.review as review
left join objects as object
    on object.organisation = classification.organisation
    and object.avser = classification.avser
    and object.avser_id = classification.avser_id
where
    classification.status = 'Klar'
    and classification.genomford <= review.as_of
