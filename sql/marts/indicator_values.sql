/*
about = """One row per indicator and place (organisation, unit, city): the figure and its state (docs/spec/indicators.md,
State of a figure). `numerator` is Täljare, `denominator` Nämnare, `value` the percentage with one decimal, or the count;
all three NULL where there is no figure. Rounding is half away from zero. `reason_code` tells why there is none, or
that the city's figure lacks organisations; with `concerns` (what it names), and for the city `organisations`,
`not_taking_part`, `not_measurable` and `blocked` (numbers of organisations). `reason` is the same in Swedish, written here and nowhere
else. `previous` is the value at the newest earlier B in the history."""
grain = ["level", "indicator", "organisation", "unit"]
*/
with judged as (
    select
        totals.level,
        totals.indicator,
        totals.organisation,
        totals.unit,
        totals.source_date,
        totals.concerns,
        totals.organisations,
        totals.not_taking_part,
        totals.not_measurable,
        totals.blocked,
        coalesce(totals.not_measured, 0) as items_not_measured,
        case
            when totals.state is not null then totals.state
            when indicator.kind != 'share' then null
            when coalesce(totals.items, 0) = 0 then 'ej tillämplig'
            when totals.measured = 0 then 'ej mätbar'
        end as no_figure,
        coalesce(
            totals.reason_code,
            case no_figure
                when 'ej tillämplig' then 'nothing_in_scope'
                when 'ej mätbar' then 'nothing_measured'
            end
        ) as reason_code,
        totals.state is not null as decided,
        case indicator.kind
            when 'share' then totals.numerator
            when 'count' then coalesce(totals.measured, 0)
            else coalesce(totals.not_ok, 0)
        end as numerator,
        if(indicator.kind = 'share', totals.denominator, null) as denominator,
        indicator.kind,
        indicator.law,
        indicator.first_day,
        indicator.off,
        -- a city has as many yearly sessions as organisations: a minimum for one says nothing of all
        if(totals.level = 'city' and indicator.kind = 'count', null, indicator.target) as aim
    from marts.indicator_totals as totals
    inner join catalogue.indicators as indicator
        on indicator.indicator = totals.indicator
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
        -- in whole numbers: a floating percentage may fall on the wrong side of ,05
        else cast(
            sign(judged.numerator)
            * ((2000 * abs(judged.numerator) + judged.denominator) // nullif(2 * judged.denominator, 0))
            as decimal(18, 1)
        ) / 10
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
    judged.reason_code,
    judged.concerns,
    judged.organisations,
    judged.not_taking_part,
    judged.not_measurable,
    judged.blocked,
    case judged.reason_code
        when 'switched_off' then judged.off
        when 'unused_registers' then 'används inte: ' || array_to_string(judged.concerns, ', ')
        when 'before_first_day' then 'före ' || judged.first_day
        when 'missing_registers' then 'underlag saknas: ' || array_to_string(judged.concerns, ', ')
        when 'spoiled_registers' then 'över hälften i karantän: ' || array_to_string(judged.concerns, ', ')
        when 'absent_columns' then 'källan saknar ' || array_to_string(judged.concerns, ', ')
        when 'no_requirement' then 'inget krav'
        when 'bulk_registration' then 'massregistrering'
        when 'unknown_ids' then 'okända anställnings-id'
        when 'nothing_in_scope' then 'inget i omfattningen'
        when 'nothing_measured' then 'inga mätta'
        when 'organisations_left_out' then concat_ws(
            ', ',
            if(
                judged.not_taking_part > 0,
                judged.organisations || ' av ' || judged.organisations + judged.not_taking_part || ' deltar',
                null
            ),
            if(
                judged.not_measurable > 0 or judged.organisations = 0,
                judged.not_measurable || ' av ' || judged.organisations || ' ej mätbara',
                null
            ),
            if(judged.blocked > 0, judged.blocked || ' av ' || judged.organisations || ' blockerade', null)
        )
    end as reason,
    cast(if(judged.decided, 0, judged.items_not_measured) as bigint) as not_measured,
    earlier.value as previous
from judged
left join history.figures as earlier
    on earlier.indicator = judged.indicator
    and earlier.organisation = judged.organisation
    and earlier.unit is not distinct from judged.unit
