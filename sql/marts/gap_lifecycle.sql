/*
about = """One row per gap that is open or was closed in the last 90 days, as tonight leaves it: what the next night goes on
from. `first_seen` is the first night of all, `opened` the night since which it is or was open, `last_seen`
the last night on which it was listed. Only a night opens and closes; a review sees what the nights left.
A gap that can't be seen tonight (no figure, the question not asked, an item not measured, the organisation blocked)
stays as it was: not seeing is not closing."""
grain = ["id"]
*/
with earlier as (
    -- here and not in the joins below, which then match on the id alone
    select gap.*
    from history.gaps as gap
    cross join core.review as review
    where coalesce(gap.closed > review.as_of - 90, true)
),

tonight as (
    select
        gap.id,
        gap.indicator,
        gap.organisation,
        gap.unit,
        gap.key,
        gap.label,
        gap.reason,
        gap.opened,
        gap.delivery,
        gap.row
    from marts.gaps as gap
    anti join validation.blocked as blocked
        on blocked.organisation = gap.organisation
    where
        gap.list = 'brist'
        and gap.id is not null
),

unseen as (
    select
        earlier.id,
        earlier.indicator,
        earlier.organisation,
        earlier.unit,
        earlier.key,
        earlier.label,
        earlier.reason,
        earlier.first_seen,
        earlier.opened,
        earlier.last_seen,
        earlier.closed,
        earlier.delivery,
        earlier.row,
        (
            measurability.indicator is not null
            and coalesce(measurability.state not in ('ej mätbar', 'mäts inte här', 'mäts inte ännu'), true)
            and blocked.organisation is null
            and not_measured.id is null
        ) as could_be_seen
    from earlier
    semi join catalogue.indicators as indicator
        on indicator.indicator = earlier.indicator
    anti join tonight
        on tonight.id = earlier.id
    -- who is protected by now stays out of what was listed earlier, too
    anti join core.protected_persons as protected
        on protected.organisation = earlier.organisation
        and protected.anstallnings_id = split_part(earlier.key, ' / ', 1)
    left join marts.measurability as measurability
        on measurability.indicator = earlier.indicator
        and measurability.organisation = earlier.organisation
    left join validation.blocked as blocked
        on blocked.organisation = earlier.organisation
    left join marts.gaps as not_measured
        on not_measured.id = earlier.id
)

select
    tonight.id,
    tonight.indicator,
    tonight.organisation,
    tonight.unit,
    tonight.key,
    tonight.label,
    tonight.reason,
    coalesce(earlier.first_seen, review.as_of) as first_seen,
    tonight.opened,
    review.as_of as last_seen,
    cast(null as date) as closed,
    tonight.delivery,
    tonight.row
from tonight
cross join core.review as review
left join earlier
    on earlier.id = tonight.id
union all by name
select
    unseen.id,
    unseen.indicator,
    unseen.organisation,
    unseen.unit,
    unseen.key,
    unseen.label,
    unseen.reason,
    unseen.first_seen,
    unseen.opened,
    unseen.last_seen,
    coalesce(unseen.closed, if(review.nightly and unseen.could_be_seen, review.as_of, null)) as closed,
    unseen.delivery,
    unseen.row
from unseen
cross join core.review as review
