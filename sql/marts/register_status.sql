/*
about = """One row per organisation and register of its level, the city's own under `staden`: how it stands on B
(docs/spec/interfaces.md, Start: late). `newest` is the newest date on which a delivery in force came or was confirmed,
`age` its days before B. `is_late`: it is more than `late_after` days old. `status`, the most urgent that holds:
`saknas` nothing is in force; `avvisad` the newest that came was refused, and an earlier one holds; `sen`;
`i kraft med anmärkning` rows of what is in force stand in quarantine; `i kraft`. `används inte`, before them all: the
organisation doesn't deliver it so far (docs/spec/sources.md, 5), and it is never late. `refused` and `refusal` are the file that
was refused last and why; `reason` is the status in words, NULL for `i kraft`. `quarantined`: how many rows of what is
in force stand in quarantine, whatever the status."""
grain = ["organisation", "register"]
*/
with places as (
    select
        organisation.organisation,
        'organisation' as level
    from intake.organisations as organisation
    union all
    select
        'staden' as organisation,
        'city' as level
),

expected as (
    select
        place.organisation,
        register.register,
        register.late_after,
        unused.register is null as is_used
    from places as place
    inner join intake.registers as register
        on register.level = place.level
    left join core.unused_registers as unused
        on unused.organisation = place.organisation
        and unused.register = register.register
),

in_force as (
    select
        delivery.organisation,
        delivery.register,
        max(coalesce(delivery.confirmed, delivery.delivered)) as newest,
        max(delivery.confirmed) as confirmed,
        sum(delivery.read) as rows_read,
        sum(delivery.quarantined) as rows_quarantined
    from intake.deliveries as delivery
    where delivery.status = 'i kraft'
    group by
        delivery.organisation,
        delivery.register
),

-- the place in time of the last one that wasn't refused: a day may see both, the mended file after the refused one
accepted as (
    select
        delivery.organisation,
        delivery.register,
        max(delivery.position) as position
    from intake.deliveries as delivery
    where delivery.status in ('i kraft', 'ersatt', 'upprepad')
    group by
        delivery.organisation,
        delivery.register
),

refused as (
    select
        delivery.organisation,
        delivery.register,
        delivery.name,
        delivery.reason,
        delivery.delivered,
        delivery.position
    from intake.deliveries as delivery
    where delivery.status = 'avvisad'
    qualify row_number() over (
        partition by delivery.organisation, delivery.register
        order by delivery.position desc
    ) = 1
),

judged as (
    select
        expected.organisation,
        expected.register,
        in_force.newest,
        review.as_of - in_force.newest as age,
        expected.late_after,
        expected.is_used and coalesce(age > expected.late_after, false) as is_late,
        case
            when not expected.is_used then 'används inte'
            when in_force.newest is null then 'saknas'
            -- an undated file that comes again keeps its place in time, but its day confirms it
            when
                refused.position > accepted.position
                and coalesce(refused.delivered >= in_force.confirmed, true)
                then 'avvisad'
            when is_late then 'sen'
            when in_force.rows_quarantined > 0 then 'i kraft med anmärkning'
            else 'i kraft'
        end as status,
        refused.name as refused,
        refused.reason as refusal,
        in_force.rows_read,
        coalesce(in_force.rows_quarantined, 0) as quarantined
    from expected
    cross join core.review as review
    left join in_force
        on in_force.organisation = expected.organisation
        and in_force.register = expected.register
    left join accepted
        on accepted.organisation = expected.organisation
        and accepted.register = expected.register
    left join refused
        on refused.organisation = expected.organisation
        and refused.register = expected.register
)

select
    judged.organisation,
    judged.register,
    judged.newest,
    judged.age,
    judged.late_after,
    judged.is_late,
    judged.status,
    judged.refused,
    judged.refusal,
    judged.quarantined,
    nullif(concat_ws(
        '; ',
        case judged.status
            when 'används inte' then if(
                judged.newest is null, 'lämnas inte ännu', 'har lämnats, men står inte bland de register som används'
            )
            when 'saknas' then coalesce('avvisad: ' || judged.refused || ': ' || judged.refusal, 'ingen leverans gäller')
            when 'avvisad' then judged.refused || ': ' || judged.refusal || '; den förra leveransen gäller'
            when 'sen' then 'äldre än ' || judged.late_after || if(judged.late_after = 1, ' dag', ' dagar')
        end,
        if(
            judged.quarantined > 0 and judged.status != 'används inte',
            concat(judged.quarantined, if(judged.quarantined = 1, ' rad', ' rader'), ' av ', judged.rows_read, ' i karantän'),
            null
        )
    ), '') as reason
from judged
