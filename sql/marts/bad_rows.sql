/*
about = """One row per indicator, organisation and register that it needs: which rows of the register could change the
figure, if they had been in order, and how many items one of them reaches at most, NULL where nothing limits it
(docs/spec/indicators.md, Bounds). `owner`: whose delivery it is, the city's own under `staden`. `effect` is that of
catalogue.reach. `quarantined` rows, of which `contested` may hold the key of a loaded one; `incomplete` ones, loaded
without a cell, and `unmatched` ones, with a reference to nothing, where the figure hangs on the column, of which
`unmatched_outside` to a register that the indicator doesn't need, or as a part of their key.
`turned_along`: completions that may come to be, or no longer be, evidence with a row that comes right."""
grain = ["organisation", "indicator", "register"]
*/
with owners as (
    select
        organisation.organisation,
        reach.indicator,
        reach.register,
        if(register.level = 'city', 'staden', organisation.organisation) as owner,
        reach.effect,
        case
            when reach.measure is null then reach.items
            else coalesce(measured.items, error('no measure ' || reach.measure))
        end as items
    from catalogue.reach as reach
    inner join intake.registers as register
        on register.register = reach.register
    cross join intake.organisations as organisation
    left join core.reach as measured
        on measured.organisation = organisation.organisation
        and measured.measure = reach.measure
),

quarantined as (
    select
        rejected.organisation,
        rejected.register,
        count(*) as rows_bad,
        count(contested.row) as rows_contested
    from intake.rejected as rejected
    left join intake.contested as contested
        on contested.organisation = rejected.organisation
        and contested.register = rejected.register
        and contested.delivery = rejected.delivery
        and contested.row = rejected.row
    group by rejected.organisation, rejected.register
),

-- a row of which a source's SQL made several records counts as many times as it has lines, but not more than records:
-- the lines don't tell whose they are, and too many rows only widen the bounds
incomplete as (
    select
        cells.organisation,
        cells.indicator,
        cells.register,
        cast(sum(cells.records) as bigint) as rows_bad
    from (
        select
            fault.organisation,
            deciding.indicator,
            fault.register,
            least(count(*), coalesce(any_value(shared.records), 1)) as records
        from intake.faults as fault
        inner join catalogue.deciding_columns as deciding
            on deciding.register = fault.register
            and deciding."column" = fault."column"
        left join intake.shared_rows as shared
            on shared.organisation = fault.organisation
            and shared.register = fault.register
            and shared.delivery = fault.delivery
            and shared.row = fault.row
        where fault.effect = 'cellen'
        group by fault.organisation, deciding.indicator, fault.register, fault.delivery, fault.row
    ) as cells
    group by cells.organisation, cells.indicator, cells.register
),

unmatched as (
    select
        pointing.organisation,
        pointing.indicator,
        pointing.register,
        cast(sum(pointing.records) as bigint) as rows_bad,
        cast(sum(pointing.records_outside) as bigint) as rows_outside
    from (
        select
            reference.organisation,
            deciding.indicator,
            reference.register,
            coalesce(any_value(shared.records), 1) as most,
            least(count(*), most) as records,
            least(count(*) filter (where needed.register is null or contested.row is not null), most) as records_outside
        from intake.unmatched as reference
        inner join catalogue.deciding_columns as deciding
            on deciding.register = reference.register
            and deciding."column" = reference."column"
        left join catalogue.reach as needed
            on needed.indicator = deciding.indicator
            and needed.register = reference.target
        left join intake.contested as contested
            on contested.organisation = reference.organisation
            and contested.register = reference.register
            and contested.delivery = reference.delivery
            and contested.row = reference.row
        left join intake.shared_rows as shared
            on shared.organisation = reference.organisation
            and shared.register = reference.register
            and shared.delivery = reference.delivery
            and shared.row = reference.row
        group by reference.organisation, deciding.indicator, reference.register, reference.delivery, reference.row
    ) as pointing
    group by pointing.organisation, pointing.indicator, pointing.register
)

select
    owners.organisation,
    owners.indicator,
    owners.register,
    owners.owner,
    owners.effect,
    owners.items,
    coalesce(quarantined.rows_bad, 0) as quarantined,
    coalesce(quarantined.rows_contested, 0) as contested,
    coalesce(incomplete.rows_bad, 0) as incomplete,
    coalesce(unmatched.rows_bad, 0) as unmatched,
    coalesce(unmatched.rows_outside, 0) as unmatched_outside,
    cast(coalesce(if(owners.register = 'utbildning', near_bulk.completions, 0), 0) as bigint) as turned_along
from owners
left join quarantined
    on quarantined.organisation = owners.owner
    and quarantined.register = owners.register
left join incomplete
    on incomplete.organisation = owners.owner
    and incomplete.indicator = owners.indicator
    and incomplete.register = owners.register
left join unmatched
    on unmatched.organisation = owners.owner
    and unmatched.indicator = owners.indicator
    and unmatched.register = owners.register
left join core.near_bulk as near_bulk
    on near_bulk.organisation = owners.owner
