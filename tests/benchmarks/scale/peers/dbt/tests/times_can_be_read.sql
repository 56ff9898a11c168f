select "Genomförd" from {{ ref('utbildning') }}
where not regexp_matches("Genomförd", '^\d{4}-\d\d-\d\d \d\d:\d\d')
