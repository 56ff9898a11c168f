/*
about = """One row per gap that is shown and whose figure is short of its target: its `place` on the way to green, those
that lack most first, then those that the most figures share, then the oldest. `first`: it is among the fewest that turn
the figure green. `shared`: the other figures short of their targets in which the same object, of the same row of the
same delivery, is a gap, in the catalogue's order; NULL where there is none."""
grain = ["id"]
*/
with short as (
    select
        gap.id,
        gap.indicator,
        gap.organisation,
        gap.key,
        gap.delivery,
        gap.row,
        gap.lacking,
        gap.opened,
        way.to_close,
        indicator.position
    from marts.gaps as gap
    inner join marts.way_to_green as way
        on way.indicator = gap.indicator
        and way.organisation = gap.organisation
    inner join catalogue.indicators as indicator
        on indicator.indicator = gap.indicator
    where
        gap.list = 'brist'
        and gap.id is not null
),

objects as (
    select
        short.organisation,
        short.key,
        short.delivery,
        short.row,
        list(short.indicator order by short.position) as indicators
    from short
    group by
        short.organisation,
        short.key,
        short.delivery,
        short.row
    having count(distinct short.indicator) > 1
),

placed as (
    select
        short.id,
        short.indicator,
        short.organisation,
        short.to_close,
        list_filter(object.indicators, lambda other: other != short.indicator) as shared,
        row_number() over (
            partition by short.indicator, short.organisation
            order by short.lacking desc, coalesce(len(object.indicators), 0) desc, short.opened, short.id
        ) as place
    from short
    left join objects as object
        on object.organisation = short.organisation
        and object.key = short.key
        and object.delivery is not distinct from short.delivery
        and object.row is not distinct from short.row
)
select
    placed.id,
    placed.indicator,
    placed.organisation,
    placed.place,
    coalesce(placed.place <= placed.to_close, false) as first,
    placed.shared
from placed
