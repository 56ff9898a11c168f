/*
about = """One row per organisation in which mending its bad rows could make completions bulk, or bulk ones single
(docs/spec/indicators.md, Bounds): `completions` is how many at most. `bad` rows are those in quarantine and those with
a cell or a reference that can't be used."""
grain = ["organisation"]
*/
with lines as (
    select
        fault.organisation,
        fault.delivery,
        fault.row
    from intake.faults as fault
    where
        fault.register = 'utbildning'
        and fault.effect = 'cellen'
    union all
    select
        unmatched.organisation,
        unmatched.delivery,
        unmatched.row
    from intake.unmatched as unmatched
    where unmatched.register = 'utbildning'
),

listed as (
    select
        rejected.organisation,
        count(*) as records
    from intake.rejected as rejected
    where rejected.register = 'utbildning'
    group by rejected.organisation
    union all
    -- a row of which a source's SQL made several records: as in marts.bad_rows
    select
        lines.organisation,
        least(count(*), coalesce(any_value(shared.records), 1)) as records
    from lines
    left join intake.shared_rows as shared
        on shared.organisation = lines.organisation
        and shared.register = 'utbildning'
        and shared.delivery = lines.delivery
        and shared.row = lines.row
    group by lines.organisation, lines.delivery, lines.row
),

bad as (
    select
        listed.organisation,
        cast(sum(listed.records) as bigint) as bad
    from listed
    group by listed.organisation
),

moments as (
    select
        stamped.organisation,
        stamped.kurskod,
        date_trunc('second', stamped.genomford) as moment,
        count(*) as completions
    from registers.utbildning as stamped
    inner join bad
        on bad.organisation = stamped.organisation
    where stamped.genomford = stamped.genomford_last
    group by stamped.organisation, stamped.kurskod, moment
)

select
    bad.organisation,
    any_value(bad.bad) as bad,
    -- a moment of n < 50 takes 50 - n rows: so many rows turn no more than their number times the best n / (50 - n)
    coalesce(sum(moments.completions) filter (where moments.completions >= 50), 0)
    + least(
        coalesce(sum(moments.completions) filter (where moments.completions < 50), 0),
        coalesce(
            ceil(
                any_value(bad.bad)
                * max(moments.completions / (50 - moments.completions)) filter (where moments.completions < 50)
            ),
            0
        )
    ) as completions
from bad
inner join moments
    on moments.organisation = bad.organisation
where
    moments.completions + bad.bad >= 50
    and moments.completions - bad.bad < 50
group by bad.organisation
