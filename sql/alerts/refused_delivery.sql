/*
about = """One row per file that was refused or fits no register, until it is dealt with: a refused delivery is over when a
later one of its register was accepted and the file is gone from the inbox, a file that fits no register when it is
gone. Receipts alone would keep both for ever. The temporary table `waiting_files` holds the organisation and name of
every file in the inbox; a name of which something was masked can't be looked up there, so such a file always counts as waiting."""
kind = "leverans avvisad"
severity = "varning"
*/
with deliveries as (
    select
        delivery.organisation,
        delivery.register,
        delivery.name,
        delivery.sha256,
        delivery.status,
        delivery.reason,
        coalesce(
            delivery.position < max(delivery.position)
                filter (where delivery.status in ('i kraft', 'ersatt', 'upprepad'))
                over (partition by delivery.organisation, delivery.register),
            false
        ) as replaced,
        bool_or(delivery.status = 'i kraft') over (partition by delivery.organisation, delivery.register)
            as another_in_force,
        delivery.position = max(delivery.position) over (partition by delivery.organisation, delivery.name)
            as newest_of_its_name
    from marts.deliveries as delivery
),

refused as (
    select
        delivery.*,
        waiting.name is not null
        or contains(delivery.name, '[personnummer]')
        or contains(delivery.name, '[e-post]') as waits
    from deliveries as delivery
    left join waiting_files as waiting
        on waiting.organisation = delivery.organisation
        and waiting.name = delivery.name
    where
        delivery.status in ('avvisad', 'okänd')
        and delivery.newest_of_its_name
)

select
    refused.organisation,
    if(refused.replaced, 'info', 'varning') as severity,
    refused.register,
    concat(refused.name, chr(31), refused.sha256) as key,
    concat(
        if(starts_with(refused.reason, 'mappen'), 'Mappen ', 'Filen '),
        refused.name,
        if(starts_with(refused.reason, 'mappen'), ' läses inte: ', ' avvisades: '),
        refused.reason,
        case
            when starts_with(refused.reason, 'mappen') then '.'
            when refused.register is null then '. Döp om den eller ta bort den ur inkorgen.'
            when refused.replaced then '. En senare leverans gäller; filen kan tas bort ur inkorgen.'
            when refused.another_in_force then '. Den förra leveransen gäller fortfarande.'
            else concat('. Ingen leverans av ', refused.register, ' gäller.')
        end
    ) as text
from refused
where
    refused.waits
    or (
        refused.register is not null
        and not refused.replaced
    )
