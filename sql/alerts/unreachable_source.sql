/*
about = """One row per source that couldn't be fetched when it was last tried, or of which a file couldn't
(docs/spec/sources.md, Fetching). What was fetched before stays in force."""
kind = "källan går inte att nå"
severity = "varning"
*/
select
    attempt.organisation,
    attempt.register,
    attempt.source as key,
    concat(
        'Källan ', attempt.source, ' går inte att nå: ', attempt.fault, '. ',
        if(
            attempt.reached is null,
            'Det har inte gått någon gång.',
            concat('Senast gick det ', attempt.reached, ', och det som hämtades då gäller fortfarande.')
        )
    ) as text
from intake.fetches as attempt
where attempt.fault is not null
