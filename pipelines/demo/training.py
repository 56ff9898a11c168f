"""The training portal's completions: what people did, and what the certification wrote for everybody.

In February 2023 both mandatory e-courses were certified: the portal then recorded every employee as having
taken them, at one and the same second. That is why the document can't say who did.
"""

from datetime import date, datetime, timedelta
from random import Random

from pipelines.demo import AS_OF
from pipelines.demo.rows import Row

CERTIFIED = {
    "IS-GRUND": ("2023-02-13 08:00:00", "Certifiering"),
    "DS-GRUND": ("2023-02-14 08:00:00", "Administratör"),
}
"""The second was not marked as a certification: only the shared second gives it away."""

DONE_IN_2022, DONE_IN_2023, ONLY_BEGUN = 0.71, 0.13, 0.04
NEW_HEAD_ONLINE = "FS10053"
"""A new head who took the course for new heads in the portal instead of in the classroom."""


def completions(staff: list[Row]) -> list[Row]:
    """One row per completion, or attempt, of a course section by a person; by date."""
    draw = Random("farsta/utbildning")
    rows = [_done(NEW_HEAD_ONLINE, "NYCHEF", "2023-09-07 15:21:40", "Självstudie")]
    for person in sorted(staff, key=lambda row: row["Anställnings-id"]):
        rows += _own_studies(person, draw) + _certifications(person)
    return sorted(rows, key=lambda row: (row["Genomförd"] or "9", row["Anställnings-id"], row["Kurskod"]))


def _done(who: str, course: str, when: str, how: str) -> Row:
    return {
        "Anställnings-id": who,
        "Kurskod": course,
        "Avsnitt": "0",
        "Status": "Genomförd",
        "Genomförd": when,
        "Registrering": how,
    }


def _certifications(person: Row) -> list[Row]:
    return [
        _done(person["Anställnings-id"], course, when, how)
        for course, (when, how) in CERTIFIED.items()
        if _employed_on(person, when[:10])
    ]


def _own_studies(person: Row, draw: Random) -> list[Row]:
    """Most took both courses in 2022, few again in 2023, and some only opened them."""
    who, rows = person["Anställnings-id"], []
    for course in CERTIFIED:
        for chance, start, end in (
            (DONE_IN_2022, date(2022, 1, 10), date(2022, 12, 20)),
            (DONE_IN_2023, date(2023, 1, 9), AS_OF - timedelta(days=1)),
        ):
            when = _some_moment(draw, start, end)
            if draw.random() < chance and _employed_on(person, when[:10]):
                rows.append(_done(who, course, when, "Självstudie"))
        if draw.random() < ONLY_BEGUN and _employed_on(person, AS_OF.isoformat()):
            rows.append(_done(who, course, "", "Självstudie") | {"Status": "Påbörjad"})
    return rows


def _employed_on(person: Row, day: str) -> bool:
    return person["Anställd från"] <= day and (person["Anställd till"] == "" or person["Anställd till"] >= day)


def _some_moment(draw: Random, start: date, end: date) -> str:
    day = start + timedelta(days=draw.randrange((end - start).days))
    office_hours = timedelta(seconds=draw.randrange(7 * 3600, 17 * 3600))
    return str(datetime(day.year, day.month, day.day) + office_hours)
