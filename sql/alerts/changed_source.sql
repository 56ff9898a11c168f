/*
about = """One row per source and day from which its newest deliveries have headings that it never had before and that
nothing maps, and per column with such words (docs/spec/sources.md, Drift). It is over when a newer delivery has come,
or the source file says what becomes of them. Of words only how many: they may be anything."""
kind = "källan har ändrats"
severity = "varning"
*/
with headings as (
    select
        news.organisation,
        news.register,
        news.source,
        news.seen,
        max(news.delivery) as delivery,
        count(*) as number,
        list(left(news.heading, 80) order by news.heading) as names
    from intake.drift as news
    where news.heading is not null
    group by
        news.organisation,
        news.register,
        news.source,
        news.seen
)

select
    headings.organisation,
    headings.register,
    concat(headings.source, chr(31), headings.seen) as key,
    concat(
        'Källan ', headings.source, ' har ',
        if(headings.number = 1, 'en ny rubrik', concat(headings.number, ' nya rubriker')),
        ' som inget tar emot, i ', headings.delivery, ': ',
        array_to_string(headings.names[:10], ', '),
        if(headings.number > 10, concat(' och ', headings.number - 10, ' till'), ''),
        '. Det som behövs skrivs in under [columns] i sources/', headings.source, '.toml, resten under ignore.'
    ) as text
from headings
union all
select
    news.organisation,
    news.register,
    concat(news.source, chr(31), news.seen, chr(31), news."column") as key,
    concat(
        'Källan ', news.source, ' har ',
        case
            when news.words = 1 then 'ett nytt ord'
            when news.words >= 500 then concat('minst ', news.words, ' nya ord')
            else concat(news.words, ' nya ord')
        end,
        ' i kolumnen ', news."column", ' som inget läser, i ', news.delivery,
        '. Skriv in vad de betyder under [values] i sources/', news.source, '.toml.'
    ) as text
from intake.drift as news
where news."column" is not null
