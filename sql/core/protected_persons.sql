/*
about = """One row per organisation and employee id that must stand in no list (docs/spec/interfaces.md, Privacy):
protected in personal now, or marked in any known delivery and no longer among the rows of personal."""
grain = ["organisation", "anstallnings_id"]
*/
select
    person.organisation,
    person.anstallnings_id
from registers.personal as person
where person.skyddade_personuppgifter
union
select
    marked.organisation,
    marked.key as anstallnings_id
from intake.protected as marked
anti join registers.personal as person
    on person.organisation = marked.organisation
    and person.anstallnings_id = marked.key
where marked.register = 'personal'
