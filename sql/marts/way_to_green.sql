/*
about = """One row per indicator with a gap list and organisation where the figure is short of its target: the shortest way
to green. `gaps` are open, and `to_close` of them are the fewest that turn it green, those that lack most first; persons
with protected identity count. `followed_from`: the night since which its gaps have been followed, of the last 90 days;
`days` since then, and how many gaps have `closed` and `opened` in them (docs/spec/indicators.md, The way to green).
`green_on`: the day on which it is green at that pace. NULL where nothing can be said of that, and `no_forecast` says
why: `too_short` fewer than 30 days, `too_few` fewer than ten closed, `not_fewer` no fewer gaps than there were,
`too_far` more than ten years."""
grain = ["indicator", "organisation"]
*/
with short as (
    select
        value.indicator,
        value.organisation,
        value.state,
        case
            when indicator.kind = 'open' then value.numerator
            else (indicator.target * value.denominator + 99) // 100 - value.numerator
        end as lacking
    from marts.indicator_values as value
    inner join catalogue.indicators as indicator
        on indicator.indicator = value.indicator
        and indicator.gap_list
    where
        value.level = 'organisation'
        and value.state in ('röd', 'gul')
),

closing as (
    -- what has been added to the numerator when so many are closed, those that lack most first
    select
        short.indicator,
        short.organisation,
        short.state,
        short.lacking,
        item.denominator - item.numerator as lacks,
        row_number() over (
            partition by item.indicator, item.organisation
            order by item.denominator - item.numerator desc
            rows between unbounded preceding and current row
        ) as place,
        sum(item.denominator - item.numerator) over (
            partition by item.indicator, item.organisation
            order by item.denominator - item.numerator desc
            rows between unbounded preceding and current row
        ) as added
    from short
    inner join catalogue.items as item
        on item.indicator = short.indicator
        and item.organisation = short.organisation
        and item.measured
        and not item.ok
),

ways as (
    select
        closing.indicator,
        closing.organisation,
        closing.state,
        count(*) as gaps,
        min(closing.place) filter (where closing.added >= closing.lacking) as to_close,
        -- at a pace gaps close as they come, not those that lack most first
        cast(ceil(any_value(closing.lacking) * count(*) / nullif(sum(closing.lacks), 0)) as bigint) as on_average
    from closing
    group by
        closing.indicator,
        closing.organisation,
        closing.state
),

followed as (
    select
        series.indicator,
        series.organisation,
        greatest(min(series.as_of), any_value(review.as_of) - 90) as followed_from
    from history.series as series
    cross join core.review as review
    where
        series.night
        and series.value is not null
        and series.as_of < review.as_of
    group by
        series.indicator,
        series.organisation
),

pace as (
    select
        life.indicator,
        life.organisation,
        count(*) filter (where life.closed > followed.followed_from) as closed,
        count(*) filter (where life.first_seen > followed.followed_from) as opened
    from marts.gap_lifecycle as life
    inner join followed
        on followed.indicator = life.indicator
        and followed.organisation = life.organisation
    group by
        life.indicator,
        life.organisation
),

forecast as (
    select
        way.indicator,
        way.organisation,
        way.state,
        way.gaps,
        way.to_close,
        followed.followed_from,
        review.as_of - followed.followed_from as days,
        coalesce(pace.closed, 0) as closed,
        coalesce(pace.opened, 0) as opened,
        cast(ceil(way.on_average * days / nullif(greatest(pace.closed - pace.opened, 0), 0)) as bigint) as days_left,
        case
            when followed.followed_from is null or days < 30 then 'too_short'
            when coalesce(pace.closed, 0) < 10 then 'too_few'
            when pace.closed <= pace.opened then 'not_fewer'
            when days_left > 3650 then 'too_far'
        end as no_forecast,
        review.as_of
    from ways as way
    cross join core.review as review
    left join followed
        on followed.indicator = way.indicator
        and followed.organisation = way.organisation
    left join pace
        on pace.indicator = way.indicator
        and pace.organisation = way.organisation
)
select
    forecast.indicator,
    forecast.organisation,
    forecast.state,
    forecast.gaps,
    forecast.to_close,
    forecast.followed_from,
    forecast.days,
    forecast.closed,
    forecast.opened,
    if(forecast.no_forecast is null, forecast.as_of + cast(forecast.days_left as integer), null) as green_on,
    forecast.no_forecast
from forecast
