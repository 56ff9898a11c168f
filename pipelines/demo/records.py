"""The records of processing: many are missing and many of those that exist are incomplete.

The document's chapter 2.2.5 says just that. A record's id is its type and its unit, so that the impact
assessments can name it; `NG` stands for the whole board.
"""

from datetime import timedelta
from random import Random

from pipelines.demo import AS_OF
from pipelines.demo.rows import HERE, Row, read_plain, seed_rows

FOR_THE_BOARD = ("PERS", "TRYGG", "DIARIE", "LEVRES")
"""Registered once for every unit. The board wants more of these in 2024."""

COVERAGE, COMPLETE = 0.43, 0.58
PLACEHOLDERS = ("", "-", "kompletteras", "ska kompletteras", "vet ej", "Se hanteringsanvisningar")
MAY_BE_MISSING = (
    "Ändamål",
    "Rättslig grund",
    "Kategorier av personuppgifter",
    "Mottagare",
    "Gallringsfrist",
    "Gallringsfrist",
    "Säkerhetsåtgärder",
)
"""Twice the retention period: that is what units most often leave open."""

TRANSFERS = {
    "FFOTO-3105": "EU-US DPF",
    "FFOTO-3116": "",
    "FDOK-3122": "Standardavtalsklausuler",
    "NYCKEL-3302": "EU-US DPF",
    "BOKN-3501": "Standardavtalsklausuler",
    "REKR-3602": "Adekvansbeslut",
    "NARST-3606": "",
}
"""Transfers to third countries, with what each rests on."""


def records(units: list[Row]) -> list[Row]:
    """One row per processing activity: the board's, then what the units have registered."""
    draw = Random("farsta/registerforteckning")
    kinds = {kind["Behandlingstyp"]: kind for kind in read_plain(HERE / "behandlingstyper.csv")}
    required = {row["Behandlings-id"] for row in seed_rows("konsekvensbedomningar")} | TRANSFERS.keys()
    rows = [_record(draw, kinds[kind], None) for kind in FOR_THE_BOARD]
    for unit in units:
        for kind in _expected(unit["Verksamhet"]):
            if draw.random() < COVERAGE or f"{kind}-{unit['Enhet']}" in required:
                rows += [_record(draw, kinds[kind], unit)]
    titles = {row["Behandlingstyp"]: row["Benämning"] for row in seed_rows("behandlingskatalog")}
    names = {unit["Enhet"]: unit["Enhetsnamn"] for unit in units}
    for row in rows:
        row["Behandling"] = f"{titles[row['Behandlingstyp']]}, {names.get(row['Enhet'], 'hela nämnden')}"
    return rows


def _expected(business: str) -> list[str]:
    kinds = [
        row["Behandlingstyp"] for row in seed_rows("behandlingskatalog") if row["Verksamhet"] in ("Alla", business)
    ]
    return [kind for kind in dict.fromkeys(kinds) if kind not in FOR_THE_BOARD]


def _record(draw: Random, kind: Row, unit: Row | None) -> Row:
    key = f"{kind['Behandlingstyp']}-{unit['Enhet'] if unit else 'NG'}"
    checked = AS_OF - timedelta(days=draw.randrange(1, 900))
    return {
        "Behandlings-id": key,
        "Nivå": "Enhet" if unit else "Nämndgemensam",
        "Enhet": unit["Enhet"] if unit else "",
        "Personuppgiftsansvarig": "Farsta stadsdelsnämnd",
        "Säkerhetsåtgärder": "Behörighetsstyrning, loggning, inlåsning",
        "Tredjelandsöverföring": "Ja" if key in TRANSFERS else "Nej",
        "Överföringsgrund": TRANSFERS.get(key, ""),
        "Senast inventerad": checked.isoformat(),
        "Status": "Avslutad" if unit and draw.random() < 1 / 30 else "Aktiv",
    } | _as_left_by_the_unit(draw, kind)


def _as_left_by_the_unit(draw: Random, kind: Row) -> Row:
    """What the type says, with gaps in four records of ten."""
    if draw.random() < COMPLETE:
        return kind
    gaps = draw.sample(MAY_BE_MISSING, draw.randint(1, 3))
    return kind | {column: draw.choice(PLACEHOLDERS) for column in gaps}
