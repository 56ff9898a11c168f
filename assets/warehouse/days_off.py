"""The days on which a limit can't fall: Sweden's public holidays and the three eves, from the library `holidays`.

Saturdays and Sundays as such are not here; `core.limit_days` counts them.
"""

from datetime import date
from functools import cache

FIRST_YEAR, LAST_YEAR = 1990, 2100

_NATIONAL_DAY, _WHIT_MONDAY = "Nationaldagen", "Annandag pingst"


@cache
def days_off() -> tuple[tuple[date, str, bool], ...]:
    """The day, its name and whether it is an eve: one row per day off from FIRST_YEAR through LAST_YEAR.

    Public holidays are those of lag (1989:253); the eves, which only lag (1930:173) 2 § puts on a level with
    them, are Midsummer Eve, Christmas Eve and New Year's Eve (docs/spec/indicators.md, Limits).
    """
    from holidays.constants import DE_FACTO, PUBLIC
    from holidays.countries.sweden import Sweden

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    public = dict(Sweden(years=years, categories=PUBLIC, language="sv"))
    # The law's list of today counts for every year: until 2004 it had Whit Monday instead of 6 June (lag 2004:1320),
    # and none of the limits is that old.
    public = {day: name for day, name in public.items() if name != _WHIT_MONDAY}
    public |= {day: public.get(day, _NATIONAL_DAY) for day in (date(year, 6, 6) for year in years)}
    eves = Sweden(years=years, categories=DE_FACTO, language="sv")
    days = [(day, name, False) for day, name in public.items()] + [(day, name, True) for day, name in eves.items()]
    return tuple(sorted(days))
