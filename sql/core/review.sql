/*
about = """One row: the review date B and the dates that hang on it (docs/spec/indicators.md, Common terms).
`day_end` is the instant, UTC without zone, at which B has ended in Stockholm: "by the end of B" is < day_end.
"Within N months of B" is later than months_N_ago and <= as_of, and the last twelve months R are those later than
months_12_ago; P is year_start to as_of, both included.
`nightly`: this is a night's run, which opens and closes gaps, and not a review."""
grain = ["as_of"]
*/
with dates as (
    select cast(getvariable('as_of') as date) as as_of
)

select
    dates.as_of,
    cast(date_part('year', dates.as_of) as integer) as year,
    cast(date_trunc('year', dates.as_of) as date) as year_start,
    timezone('UTC', timezone('Europe/Stockholm', cast(dates.as_of + 1 as timestamp))) as day_end,
    cast(dates.as_of - interval 12 month as date) as months_12_ago,
    cast(dates.as_of - interval 24 month as date) as months_24_ago,
    cast(dates.as_of - interval 36 month as date) as months_36_ago,
    coalesce(cast(getvariable('nightly') as boolean), false) as nightly
from dates
where dates.as_of is not null
