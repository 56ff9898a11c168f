/*
about = """One row per active information asset: whether it is a classified asset (docs/spec/indicators.md,
Common terms), by a completed classification of its own or of a system in its list, and if not why."""
grain = ["organisation", "tillgangs_id"]
*/
with objects as (
    select
        asset.organisation,
        asset.tillgangs_id,
        'Tillgång' as avser,
        asset.tillgangs_id as avser_id
    from registers.informationstillgangar as asset
    union all
    select
        asset.organisation,
        asset.tillgangs_id,
        'System' as avser,
        unnest(asset.system_id) as avser_id
    from registers.informationstillgangar as asset
),

latest as (
    select
        object.organisation,
        object.tillgangs_id,
        max(classification.genomford) as genomford
    from objects as object
    inner join core.completed_classifications as classification
        on classification.organisation = object.organisation
        and classification.avser = object.avser
        and classification.avser_id = object.avser_id
    group by object.organisation, object.tillgangs_id
)

select
    asset.organisation,
    asset.tillgangs_id,
    asset.tillgang,
    asset.enhet,
    asset.nis,
    asset.stor_volym_kansliga,
    asset.rsa_prioriterad,
    asset.bekraftad,
    asset.behorighetsrutin,
    coalesce(latest.genomford > review.months_36_ago, false) as classified,
    if(classified, null, coalesce('senast klassad ' || latest.genomford, 'ingen genomförd klassning'))
        as why_not_classified,
    asset.delivery,
    asset.row
from registers.informationstillgangar as asset
cross join core.review as review
left join latest
    on latest.organisation = asset.organisation
    and latest.tillgangs_id = asset.tillgangs_id
where asset.aktiv
