-- The share of those employed who have completed every section this year.
{{ config(materialized='table') }}
with own as (
    select distinct organisation, "Anställnings-id", "Kurskod", "Avsnitt"
    from {{ ref('utbildning') }}
    where "Status" = 'Genomförd' and year(try_cast("Genomförd" as timestamp)) = 2026
),
sections as (select count(*) as number from (select distinct "Kurskod", "Avsnitt" from own)),
completed as (select organisation, "Anställnings-id", count(*) as number from own group by all)
select round(100 * avg((coalesce(completed.number, 0) >= sections.number)::int), 1) as share
from {{ ref('personal') }} as person
cross join sections
left join completed using (organisation, "Anställnings-id")
where person."Anställd till" is null
