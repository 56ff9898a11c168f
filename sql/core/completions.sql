/*
about = """One row per row of the completion export (utbildning), any status.
`bulk`: docs/spec/indicators.md, bulk completion. `evidence`: Genomförd by the end of B and not bulk, so it shows that
the person took the training."""
grain = ["organisation", "anstallnings_id", "kurskod", "avsnitt", "genomford", "genomford_last"]
*/
with bulk_moments as (
    select
        stamped.organisation,
        stamped.kurskod,
        date_trunc('second', stamped.genomford) as moment
    from registers.utbildning as stamped
    where stamped.genomford = stamped.genomford_last  -- a date without a time of day is no moment
    group by stamped.organisation, stamped.kurskod, moment
    having count(*) >= 50
)

select
    completion.organisation,
    completion.anstallnings_id,
    completion.kurskod,
    completion.avsnitt,
    completion.status,
    completion.genomford,
    completion.genomford_last,
    completion.genomford_day,
    coalesce(completion.registrering = 'Certifiering', false)
        or bulk_moments.moment is not null as bulk,
    completion.status = 'Genomförd'
        and coalesce(completion.genomford_day <= review.as_of, false)
        and not bulk as evidence,
    completion.delivery,
    completion.row
from registers.utbildning as completion
cross join core.review as review
left join bulk_moments
    on bulk_moments.organisation = completion.organisation
    and bulk_moments.kurskod = completion.kurskod
    -- not as a condition of its own: DuckDB would then compare every row with every moment
    and bulk_moments.moment = if(
        completion.genomford = completion.genomford_last, date_trunc('second', completion.genomford), null
    )
