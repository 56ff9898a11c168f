/*
about = """One row per way of counting and day: `moved_to` is the day on which a limit of weeks or months that would fall
on that day ends (docs/spec/indicators.md, Limits). `swedish`, lag (1930:173) 2 §: the next day that is no Saturday,
Sunday, public holiday, Midsummer Eve, Christmas Eve or New Year's Eve; `eu`, regulation 1182/71 art. 3(4): the same
without the three eves. It has the years of calendar.days_off; beyond them a limit is not moved."""
grain = ["counting", "day"]
*/
with days as (
    select cast(unnest(generate_series(
        date_trunc('year', min(off.day)), date_trunc('year', max(off.day)) + interval 1 year - interval 1 day,
        interval 1 day
    )) as date) as day
    from calendar.days_off as off
),

counted as (
    select
        ways.counting,
        days.day,
        date_part('isodow', days.day) >= 6 or (off.day is not null and (ways.eves or not off.eve)) as is_off
    from days
    cross join (values ('swedish', true), ('eu', false)) as ways (counting, eves)
    left join calendar.days_off as off
        on off.day = days.day
)

select
    counted.counting,
    counted.day,
    coalesce(
        min(if(counted.is_off, null, counted.day)) over (
            partition by counted.counting
            order by counted.day
            rows between current row and unbounded following
        ),
        counted.day
    ) as moved_to
from counted
