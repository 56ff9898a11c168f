/*
about = """One row per organisation with recommendations that are secret, or not known to be open, with how many they are and
not a word of them: chapter 2.2.4 of the document."""
grain = ["organisation"]
*/
select
    recommended.organisation,
    count(*) as number
from registers.revision as recommended
cross join core.review as review
where
    recommended.ar <= review.year
    and recommended.sekretess is distinct from false
group by recommended.organisation
order by recommended.organisation
