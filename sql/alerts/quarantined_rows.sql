/*
about = """One row per register of which rows are in quarantine, or cells of loaded rows were dropped, in the deliveries in
force; the latter alone is for information. Counts only: karantan.csv holds the rows."""
kind = "rader i karantän"
severity = "varning"
*/
with counts as (
    select
        failure.organisation,
        failure.register,
        count(distinct(failure.delivery, failure.row)) filter (where failure.effect = 'raden') as rows,
        count(*) filter (where failure.effect != 'raden') as cells
    from marts.quarantine as failure
    group by
        failure.organisation,
        failure.register
)

select
    counts.organisation,
    if(counts.rows > 0, 'varning', 'info') as severity,
    counts.register,
    concat(
        case
            when counts.rows > 0
                then concat(
                    counts.rows, if(counts.rows = 1, ' rad', ' rader'), ' av ',
                    coalesce(register.called, counts.register), ' är i karantän',
                    if(counts.cells > 0, ' och ', '')
                )
            else ''
        end,
        case
            when counts.cells > 0
                then concat(
                    counts.cells, if(counts.cells = 1, ' cell', ' celler'),
                    if(counts.rows > 0, '', concat(' av ', coalesce(register.called, counts.register))), ' gick inte att läsa'
                )
            else ''
        end,
        '. Se karantan.csv.'
    ) as text
from counts
left join intake.registers as register
    on register.register = counts.register
