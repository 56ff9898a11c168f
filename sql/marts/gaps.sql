/*
about = """One row per gap that may be shown: an item that is measured and not ok, of an indicator with a gap list that
could be asked of the organisation; and one row per indicator and organisation that says how many are not
shown because they are about persons with protected identity (docs/spec/interfaces.md, Privacy). `id` is the same from
night to night for the same indicator, organisation and object. `list`: `brist`, or `ej mätt` for items that
could not be measured. `lacking` is how much its closing adds to the figure's numerator. `opened` is the B of the night
since which the gap has been open. The part of a key that may not be shown is `[visas inte]`; the `id` still tells one
such gap from the next."""
grain = ["indicator", "organisation", "list", "key", "id"]
*/
with listed as (
    select
        item.indicator,
        item.organisation,
        if(item.measured, 'brist', 'ej mätt') as list,
        item.unit,
        item.key,
        item.label,
        item.reason,
        item.denominator - item.numerator as lacking,
        item.delivery,
        item.row,
        item.protected
    from catalogue.items as item
    join catalogue.indicators as indicator
        on indicator.indicator = item.indicator
        and indicator.gap_list
    join marts.measurability as measurability
        on measurability.indicator = item.indicator
        and measurability.organisation = item.organisation
        and measurability.state is null
    where not (item.measured and item.ok)
),

visible as (
    select
        listed.indicator,
        listed.organisation,
        listed.list,
        listed.indicator || '-' || left(
            sha256(concat_ws(chr(31), listed.indicator, listed.organisation, listed.key)), 12
        ) as id,
        listed.unit,
        listed.key,
        listed.label,
        listed.reason,
        listed.lacking,
        listed.delivery,
        listed.row
    from listed
    where not listed.protected
)

select
    visible.indicator,
    visible.organisation,
    visible.list,
    visible.id,
    visible.unit,
    if(
        contains(visible.key, 'hash:'), regexp_replace(visible.key, 'hash:[0-9a-f]{64}', '[visas inte]', 'g'), visible.key
    ) as key,
    visible.label,
    visible.reason,
    visible.lacking,
    coalesce(earlier.opened, review.as_of) as opened,
    review.as_of - coalesce(earlier.opened, review.as_of) as age,
    visible.delivery,
    visible.row
from visible
cross join core.review as review
left join history.gaps as earlier
    on earlier.id = visible.id
    and earlier.closed is null
union all by name
select
    listed.indicator,
    listed.organisation,
    listed.list,
    'ej visade' as key,
    cast(count(*) as varchar) as label
from listed
where listed.protected
group by
    listed.indicator,
    listed.organisation,
    listed.list
