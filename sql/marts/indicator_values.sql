/*
about = """One row per indicator and place (organisation, unit, city): the figure and its state (docs/spec/indicators.md, State of
a figure). `numerator` is Täljare, `denominator` Nämnare, `value` the percentage with one decimal, rounded half up, or the
count; all three NULL where there is no figure. `previous` is the value at the newest earlier B in the history."""
*/
with judged as (
    select
        sums.level,
        sums.indicator,
        sums.organisation,
        sums.unit,
        sums.source_date,
        coalesce(sums.not_measured, 0) as items_not_measured,
        case
            when sums.state is not null then sums.state
            when indicator.kind != 'share' then null
            when coalesce(sums.items, 0) = 0 then 'ej tillämplig'
            when sums.measured = 0 then 'ej mätbar'
        end as no_figure,
        coalesce(
            sums.reason,
            case
                when no_figure = 'ej tillämplig' then 'inget i omfattningen'
                when no_figure = 'ej mätbar' then 'inga mätta'
            end
        ) as reason,
        sums.state is not null as decided,
        case indicator.kind
            when 'share' then sums.numerator
            when 'count' then coalesce(sums.measured, 0)
            else coalesce(sums.not_ok, 0)
        end as numerator,
        if(indicator.kind = 'share', sums.denominator, null) as denominator,
        indicator.kind,
        indicator.law,
        -- a city has as many yearly sessions as organisations: a minimum for one says nothing of all
        if(sums.level = 'city' and indicator.kind = 'count', null, indicator.target) as aim
    from marts.indicator_totals as sums
    join catalogue.indicators as indicator
        on indicator.indicator = sums.indicator
)
select
    judged.level,
    judged.indicator,
    judged.organisation,
    judged.unit,
    judged.source_date,
    if(judged.no_figure is null, cast(judged.numerator as bigint), null) as numerator,
    if(judged.no_figure is null, cast(judged.denominator as bigint), null) as denominator,
    case
        when judged.no_figure is not null then null
        when judged.kind != 'share' then cast(judged.numerator as decimal(18, 1))
        -- half up in whole numbers: a floating percentage may fall on the wrong side of ,05
        else cast((2000 * judged.numerator + judged.denominator) // nullif(2 * judged.denominator, 0) as decimal(18, 1)) / 10
    end as value,
    case
        when judged.no_figure is not null then judged.no_figure
        when judged.aim is null then 'information'
        when judged.kind = 'open' then if(judged.numerator = 0, 'grön', 'röd')
        when judged.kind = 'count' then if(judged.numerator >= judged.aim, 'grön', 'röd')
        when 100 * judged.numerator >= judged.aim * judged.denominator then 'grön'
        when not judged.law and 100 * judged.numerator >= (judged.aim - 15) * judged.denominator then 'gul'
        else 'röd'
    end as state,
    judged.reason,
    cast(if(judged.decided, 0, judged.items_not_measured) as bigint) as not_measured,
    earlier.value as previous
from judged
left join history.figures as earlier
    on earlier.indicator = judged.indicator
    and earlier.organisation = judged.organisation
    and earlier.unit is not distinct from judged.unit
