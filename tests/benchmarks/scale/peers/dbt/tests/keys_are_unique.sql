select organisation, "Anställnings-id" from {{ ref('personal') }} group by all having count(*) > 1
