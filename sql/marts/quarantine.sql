/*
about = """One row per cell that put its row in quarantine or was dropped, and rule that it broke, of the deliveries in force
(docs/spec/interfaces.md, karantan.csv). A value that holds the id of a person with protected identity is not shown. `number`
tells the records apart that stand on one row of the file (docs/spec/sources.md)."""
grain = ["organisation", "register", "delivery", "row", "column", "rule", "effect", "number"]
*/
with id_lengths as (
    select distinct
        protected.organisation,
        length(protected.anstallnings_id) as characters
    from core.protected_persons as protected
),

-- every piece of a value that is as long as some protected id: so the ids can be looked up instead of tried one by one
pieces as (
    select
        fault.organisation,
        fault.value,
        unnest([
            substring(fault.value, start, id_lengths.characters)
            for start in range(1, length(fault.value) - id_lengths.characters + 2)
        ]) as piece
    from (
        select distinct
            organisation,
            value
        from intake.faults
    ) as fault
    inner join id_lengths
        on id_lengths.organisation = fault.organisation
),

hidden as (
    select distinct
        piece.organisation,
        piece.value
    from pieces as piece
    inner join core.protected_persons as protected
        on protected.organisation = piece.organisation
        and protected.anstallnings_id = piece.piece
)

select
    fault.organisation,
    fault.register,
    fault.delivery,
    fault.row,
    fault."column",
    if(hidden.value is null, fault.value, null) as value,
    fault.rule,
    fault.effect,
    fault.source_heading,
    row_number() over (
        partition by
            fault.organisation, fault.register, fault.delivery, fault.row, fault."column", fault.rule, fault.effect
        order by fault.value
    ) as number
from intake.faults as fault
left join hidden
    on hidden.organisation = fault.organisation
    and hidden.value = fault.value
