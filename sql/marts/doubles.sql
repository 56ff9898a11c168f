/*
about = """One row per row in force that gives way to one of another source with the same key (docs/spec/sources.md, Several
sources of one register): `holds_in` is the file whose row holds. `key` joins the values of the key columns, the part
that may not be shown as `[visas inte]`. A row with the id of a person with protected identity isn't there. `number`
tells the records apart that stand on one row of the file."""
grain = ["organisation", "register", "delivery", "row", "number"]
*/
with numbered as (
    select
        double.organisation,
        double.register,
        double.delivery,
        double.row,
        double.key,
        double.holds_in,
        row_number() over (
            partition by double.organisation, double.register, double.delivery, double.row
            order by double.key
        ) as number
    from intake.doubles as double
),

parts as (
    select
        numbered.organisation,
        numbered.register,
        numbered.delivery,
        numbered.row,
        numbered.number,
        unnest(numbered.key) as part
    from numbered
),

hidden as (
    select distinct
        part.organisation,
        part.register,
        part.delivery,
        part.row,
        part.number
    from parts as part
    semi join core.hidden_ids as hidden_ids
        on hidden_ids.organisation = part.organisation
        and hidden_ids.id = part.part
)

select
    double.organisation,
    double.register,
    double.delivery,
    double.row,
    array_to_string(
        list_transform(
            double.key,
            -- what may not be shown has landed as its keyed hash
            lambda part: if(starts_with(part, 'hash:'), '[visas inte]', coalesce(part, ''))
        ),
        ' / '
    ) as key,
    double.holds_in,
    double.number
from numbered as double
anti join hidden
    on hidden.organisation = double.organisation
    and hidden.register = double.register
    and hidden.delivery = double.delivery
    and hidden.row = double.row
    and hidden.number = double.number
