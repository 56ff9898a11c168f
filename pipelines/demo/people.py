"""The staff: about 1,300 employed on the review's day, and those who left in the two years before it.

The ids of leaders and heads follow the units' order, because the registers in `seeds/` name them as owners:
FS10001–FS10008 lead, FS10009 and on head one unit each, and then come the heads whom the new ones replaced.
"""

from datetime import date, timedelta
from random import Random

from pipelines.demo import AS_OF
from pipelines.demo.names import Persons
from pipelines.demo.rows import Row

SIZES = {
    "Förskola": (11, 17),
    "Vård- och omsorgsboende": (52, 74),
    "Hemtjänst": (20, 34),
    "Socialtjänst": (9, 16),
    "Kultur och fritid": (3, 8),
    "Administration": (5, 12),
    "Övrigt": (8, 16),
}
"""How many co-workers a unit of each kind has."""

LEADERS = 8
NEW_HEAD_EVERY = 6
FIRST_NEW_HEAD = date(2022, 11, 15)
BETWEEN_NEW_HEADS = timedelta(days=26)
PROTECTED = {"FS10029", "FS10214", "FS10377", "FS10650", "FS10911", "FS11190"}
"""FS10029 is a new head without training: the gap list of UTB-06 then ends with "ej visade"."""


def staff(units: list[Row]) -> list[Row]:
    """One row per employee, in no particular order."""
    draw = Random("farsta/personal")
    persons = Persons(draw)
    open_units = [unit for unit in units if unit["Aktiv till"] == "" and unit["Aktiv från"] <= AS_OF.isoformat()]
    leaders = [_employed(persons, draw, "3601", "Ledning") for _ in range(LEADERS)]
    people = leaders + _heads(persons, draw, open_units)
    for unit in open_units:
        few, many = SIZES[unit["Verksamhet"]]
        people += [_coworker(persons, draw, unit["Enhet"]) for _ in range(draw.randint(few, many))]
    people += [_left(persons, draw, draw.choice(open_units)["Enhet"]) for _ in range(148)]
    people += [_starts_later(persons, draw, draw.choice(open_units)["Enhet"]) for _ in range(6)]
    for person in people:
        person["Skyddade personuppgifter"] = "Ja" if person["Anställnings-id"] in PROTECTED else "Nej"
    draw.shuffle(people)
    return people


def _employed(persons: Persons, draw: Random, unit: str, role: str) -> Row:
    """Someone hired long enough ago to be in scope for training, and still there."""
    hired = date(2006, 1, 9) + timedelta(days=draw.randrange(5900))
    head_since = hired + timedelta(days=draw.randrange(200)) if role != "Medarbetare" else None
    return {
        **persons.person(),
        "Enhet": unit,
        "Roll": role,
        "Anställd från": hired.isoformat(),
        "Anställd till": "",
        "Chef från": head_since.isoformat() if head_since else "",
        "Frånvaro": "",
    }


def _heads(persons: Persons, draw: Random, units: list[Row]) -> list[Row]:
    """A head for each unit. Every sixth is new, and the one before them has left."""
    heads = [_employed(persons, draw, unit["Enhet"], "Chef") for unit in units]
    gone = []
    for turn, head in enumerate(heads[2::NEW_HEAD_EVERY]):
        since = FIRST_NEW_HEAD + turn * BETWEEN_NEW_HEADS
        head["Chef från"] = since.isoformat()
        before = _employed(persons, draw, head["Enhet"], "Chef")
        gone.append(before | {"Anställd till": (since - timedelta(days=1)).isoformat()})
    return heads + gone


def _coworker(persons: Persons, draw: Random, unit: str) -> Row:
    """One in eleven hired this year, one in fifteen away, some on a contract that ends after the review."""
    person = _employed(persons, draw, unit, "Medarbetare")
    if draw.random() < 1 / 11:
        person["Anställd från"] = (date(2023, 1, 9) + timedelta(days=draw.randrange(290))).isoformat()
    if draw.random() < 1 / 15:
        person["Frånvaro"] = draw.choice(("Tjänstledig", "Föräldraledig", "Föräldraledig", "Sjukskriven"))
    if draw.random() < 1 / 40:
        person["Anställd till"] = draw.choice(("2023-12-31", "2024-01-14", "2024-06-30"))
    return person


def _left(persons: Persons, draw: Random, unit: str) -> Row:
    until = date(2021, 11, 1) + timedelta(days=draw.randrange((AS_OF - date(2021, 11, 1)).days))
    person = _employed(persons, draw, unit, "Medarbetare")
    hired = min(person["Anställd från"], (until - timedelta(days=draw.randrange(40, 900))).isoformat())
    return person | {"Anställd från": hired, "Anställd till": until.isoformat()}


def _starts_later(persons: Persons, draw: Random, unit: str) -> Row:
    person = _employed(persons, draw, unit, "Medarbetare")
    return person | {"Anställd från": draw.choice(("2023-11-06", "2023-12-01", "2024-01-08"))}
