select "Anställd från" from {{ ref('personal') }}
where not regexp_full_match("Anställd från", '\d{4}-\d\d-\d\d')
