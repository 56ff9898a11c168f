/*
about = """One row per indicator and organisation, and for the city: what its figure is and the lowest and the highest that
it could be, if every item that was not measured, every row in quarantine and every cell or reference that can't be used
had been known (docs/spec/indicators.md, Bounds). NULL where there is no figure; `highest` also where nothing limits a
number. `certain`: the worst that it could be still meets the target. `quarantined`, `incomplete` (rows loaded without
a cell) and `unmatched` are rows of the registers that the indicator needs, the two last where the figure hangs on the
column."""
grain = ["organisation", "indicator"]
*/
with pushes as (
    -- how many rows could bring items in order (up), and out of it (down)
    select
        bad.organisation,
        bad.indicator,
        bad.owner,
        bad.items,
        bad.quarantined,
        bad.incomplete,
        bad.unmatched,
        bad.turned_along,
        case bad.effect
            when 'alters' then bad.quarantined + bad.contested + bad.incomplete + 2 * bad.unmatched
            when 'demands' then bad.contested + bad.incomplete + bad.unmatched
            else bad.quarantined + bad.incomplete + bad.unmatched
        end as up,
        case bad.effect
            when 'alters' then up
            -- what points at nothing in a register that the items need has put none in order
            when 'decides' then bad.contested + bad.incomplete + bad.unmatched_outside
            else bad.quarantined + bad.incomplete + bad.unmatched
        end as down
    from marts.bad_rows as bad
),

reached as (
    select
        push.organisation,
        push.indicator,
        sum(coalesce(push.items, 0) * push.up + push.turned_along) as up,
        sum(coalesce(push.items, 0) * push.down + push.turned_along) as down,
        bool_or(push.items is null and push.up > 0) as up_any,
        bool_or(push.items is null and push.down > 0) as down_any,
        coalesce(sum(push.quarantined) filter (where push.owner != 'staden'), 0) as own_quarantined,
        coalesce(sum(push.quarantined) filter (where push.owner = 'staden'), 0) as city_quarantined,
        coalesce(sum(push.incomplete) filter (where push.owner != 'staden'), 0) as own_incomplete,
        coalesce(sum(push.incomplete) filter (where push.owner = 'staden'), 0) as city_incomplete,
        coalesce(sum(push.unmatched) filter (where push.owner != 'staden'), 0) as own_unmatched,
        coalesce(sum(push.unmatched) filter (where push.owner = 'staden'), 0) as city_unmatched
    from pushes as push
    group by push.organisation, push.indicator
),

unknown as (
    select
        item.indicator,
        item.organisation,
        sum(item.denominator) as denominator
    from catalogue.items as item
    where not item.measured
    group by item.indicator, item.organisation
),

counted as (
    select
        totals.organisation,
        totals.indicator,
        indicator.kind,
        totals.state is null and not coalesce(blocked.organisation is not null, false) as in_city,
        case indicator.kind
            when 'share' then coalesce(totals.denominator, 0)
            else coalesce(totals.measured, 0)
        end as denominator,
        -- of a count or an open one: how many are in order, so that the others are what is counted
        case indicator.kind
            when 'share' then coalesce(totals.numerator, 0)
            when 'count' then coalesce(totals.measured, 0)
            else coalesce(totals.measured, 0) - coalesce(totals.not_ok, 0)
        end as good,
        coalesce(unknown.denominator, 0) as unknown,
        coalesce(reached.up, 0) as up,
        coalesce(reached.down, 0) as down,
        coalesce(reached.up_any, false) as up_any,
        coalesce(reached.down_any, false) as down_any,
        coalesce(reached.own_quarantined, 0) as own_quarantined,
        coalesce(reached.city_quarantined, 0) as city_quarantined,
        coalesce(reached.own_incomplete, 0) as own_incomplete,
        coalesce(reached.city_incomplete, 0) as city_incomplete,
        coalesce(reached.own_unmatched, 0) as own_unmatched,
        coalesce(reached.city_unmatched, 0) as city_unmatched
    from marts.indicator_totals as totals
    inner join catalogue.indicators as indicator
        on indicator.indicator = totals.indicator
    left join reached
        on reached.organisation = totals.organisation
        and reached.indicator = totals.indicator
    left join unknown
        on unknown.organisation = totals.organisation
        and unknown.indicator = totals.indicator
    left join validation.blocked as blocked
        on blocked.organisation = totals.organisation
    where totals.level = 'organisation'
),

extremes as (
    select
        counted.organisation,
        counted.indicator,
        counted.in_city,
        counted.up_any,
        counted.down_any,
        counted.own_quarantined,
        counted.city_quarantined,
        counted.own_incomplete,
        counted.city_incomplete,
        counted.own_unmatched,
        counted.city_unmatched,
        counted.denominator + counted.unknown as denominator,
        -- a share's are cut at 0 and at its whole in `bounded`, after the city's sums are made: rows that can't lower an
        -- organisation's share, which is 0 or not there, can still lower the city's
        case counted.kind
            when 'open' then greatest(counted.denominator - counted.good - counted.up, 0)
            when 'count' then greatest(counted.good - counted.down, 0)
            else counted.good - counted.down
        end as low,
        case counted.kind
            when 'open' then counted.denominator - counted.good + counted.unknown + counted.down
            else counted.good + counted.unknown + counted.up
        end as high
    from counted
),

placed as (
    select
        extremes.organisation,
        extremes.indicator,
        extremes.up_any,
        extremes.down_any,
        extremes.own_quarantined + extremes.city_quarantined as quarantined,
        extremes.own_incomplete + extremes.city_incomplete as incomplete,
        extremes.own_unmatched + extremes.city_unmatched as unmatched,
        extremes.denominator,
        extremes.low,
        extremes.high
    from extremes
    union all by name
    select
        'staden' as organisation,
        extremes.indicator,
        bool_or(extremes.up_any) as up_any,
        bool_or(extremes.down_any) as down_any,
        -- what the city has delivered itself counts once
        sum(extremes.own_quarantined) + max(extremes.city_quarantined) as quarantined,
        sum(extremes.own_incomplete) + max(extremes.city_incomplete) as incomplete,
        sum(extremes.own_unmatched) + max(extremes.city_unmatched) as unmatched,
        sum(extremes.denominator) as denominator,
        sum(extremes.low) as low,
        sum(extremes.high) as high
    from extremes
    where extremes.in_city
    group by extremes.indicator
),

-- in the figure's own unit; the ends stand as fractions, so that a target is held against them exactly
bounded as (
    select
        value.organisation,
        value.indicator,
        value.level,
        indicator.kind,
        indicator.target,
        value.value,
        value.not_measured,
        coalesce(placed.quarantined, 0) as quarantined,
        coalesce(placed.incomplete, 0) as incomplete,
        coalesce(placed.unmatched, 0) as unmatched,
        cast(if(indicator.kind = 'share', greatest(placed.denominator, 1), 1) as bigint) as parts,
        cast(case
            when value.value is null then null
            when indicator.kind = 'open' then if(placed.up_any, 0, placed.low)
            when placed.down_any then 0
            else greatest(placed.low, 0)
        end as bigint) as low,
        cast(case
            when value.value is null then null
            when indicator.kind = 'share' then if(placed.up_any, parts, least(placed.high, placed.denominator))
            when indicator.kind = 'open' then if(placed.down_any, null, placed.high)
            else if(placed.up_any, null, placed.high)
        end as bigint) as high
    from marts.indicator_values as value
    inner join catalogue.indicators as indicator
        on indicator.indicator = value.indicator
    left join placed
        on placed.organisation = value.organisation
        and placed.indicator = value.indicator
    where value.level != 'unit'
)

select
    bounded.organisation,
    bounded.indicator,
    bounded.value,
    -- rounded as the figure is
    cast(
        if(bounded.kind = 'share', (2000 * bounded.low + bounded.parts) // (2 * bounded.parts) / 10, bounded.low)
        as decimal(18, 1)
    ) as lowest,
    cast(
        if(bounded.kind = 'share', (2000 * bounded.high + bounded.parts) // (2 * bounded.parts) / 10, bounded.high)
        as decimal(18, 1)
    ) as highest,
    case
        when bounded.value is null then null
        when bounded.target is null or (bounded.level = 'city' and bounded.kind = 'count') then null
        when bounded.kind = 'open' then coalesce(bounded.high = 0, false)
        when bounded.kind = 'count' then bounded.low >= bounded.target
        else 100 * bounded.low >= bounded.target * bounded.parts
    end as certain,
    bounded.not_measured,
    bounded.quarantined,
    bounded.incomplete,
    bounded.unmatched
from bounded
