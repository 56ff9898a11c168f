/*
about = """One row per indicator and place (organisation, unit, city): the figure and its state (indicators.md, State of
a figure). `part` is Täljare, `whole` Nämnare, `value` the percentage with one decimal, rounded half up, or the
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
            when 'share' then sums.part
            when 'count' then coalesce(sums.measured, 0)
            else coalesce(sums.not_ok, 0)
        end as part,
        if(indicator.kind = 'share', sums.whole, null) as whole,
        indicator.kind,
        indicator.law,
        -- a city has as many yearly sessions as organisations: a minimum for one says nothing of all
        if(sums.level = 'city' and indicator.kind = 'count', null, indicator.target) as aim
    from marts.sums as sums
    join catalogue.indicators as indicator
        on indicator.indicator = sums.indicator
)
select
    judged.level,
    judged.indicator,
    judged.organisation,
    judged.unit,
    judged.source_date,
    if(judged.no_figure is null, cast(judged.part as bigint), null) as part,
    if(judged.no_figure is null, cast(judged.whole as bigint), null) as whole,
    case
        when judged.no_figure is not null then null
        when judged.kind != 'share' then cast(judged.part as decimal(18, 1))
        -- half up in whole numbers: a floating percentage may fall on the wrong side of ,05
        else cast((2000 * judged.part + judged.whole) // nullif(2 * judged.whole, 0) as decimal(18, 1)) / 10
    end as value,
    case
        when judged.no_figure is not null then judged.no_figure
        when judged.aim is null then 'information'
        when judged.kind = 'open' then if(judged.part = 0, 'grön', 'röd')
        when judged.kind = 'count' then if(judged.part >= judged.aim, 'grön', 'röd')
        when 100 * judged.part >= judged.aim * judged.whole then 'grön'
        when not judged.law and 100 * judged.part >= (judged.aim - 15) * judged.whole then 'gul'
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
