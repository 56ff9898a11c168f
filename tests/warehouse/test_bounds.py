"""The bounds hold whatever the bad rows turn out to be (docs/spec/indicators.md, Bounds): random worlds through the
real contracts and SQL."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from assets.registers.contract import CITY
from tests.warehouse.worlds import AS_OF, Row, World, by_owner, figure_of, figures_of, mend, spoil

pytestmark = pytest.mark.slow


def day(draw: Random, most: int = 1500, ahead: int = 60) -> str:
    return (AS_OF - timedelta(days=draw.randint(-ahead, most))).isoformat()


def maybe(draw: Random, text: str, chance: float = 0.7) -> str:
    return text if draw.random() < chance else ""


def training(draw: Random, size: int) -> World:
    courses = [("ISÄK", "Informationssäkerhet"), ("DATA", "Dataskydd")]
    requirements = [
        {"Kurskod": code, "Kurs": code, "Ämne": subject, "Avsnitt": "0", "Målgrupp": "Alla", "Form": "Enskild",
         "Släpps": "2024-01-01"}
        for code, subject in courses
    ]  # fmt: skip
    ids = [f"A{number}" for number in range(size)]
    people = [
        {"Anställnings-id": person, "Enhet": "E1", "Roll": "Medarbetare", "Anställd från": day(draw, 900),
         "Anställd till": maybe(draw, day(draw, 50, 400), 0.3)}
        for person in ids
    ]  # fmt: skip
    done = [
        {"Anställnings-id": draw.choice([*ids, "A-ny"]), "Kurskod": draw.choice(courses)[0], "Avsnitt": "0",
         "Status": draw.choice(["Genomförd", "Genomförd", "Påbörjad"]),
         "Genomförd": f"{day(draw, 250)} 10:{n % 60:02}:{n // 60:02}"}
        for n in range(size)
    ]  # fmt: skip
    if draw.random() < 0.5:  # nearly a bulk registration
        stamped = f"{AS_OF - timedelta(days=30)} 12:00:00"
        done += [
            {
                "Anställnings-id": person,
                "Kurskod": "ISÄK",
                "Avsnitt": "0",
                "Status": "Genomförd",
                "Genomförd": stamped,
            }
            for person in [f"A{number}" for number in range(draw.choice([47, 48, 49, 50, 51]))]
        ]
    return {"utbildningskrav": requirements, "personal": people, "utbildning": done}


def incidents(draw: Random, size: int) -> World:
    def one() -> Row:
        known = AS_OF - timedelta(days=draw.randint(0, 420))
        filed = known + timedelta(days=draw.randint(0, 5))
        return {
            "Ärende-id": f"P{draw.randint(1, 2 * size)}", "Kännedom": maybe(draw, f"{known} 09:00", 0.9),
            "Registrerad": known.isoformat(), "Typ": "Felutskick",
            "Risk": draw.choice(["Risk", "Hög risk", "Osannolik risk"]),
            "Anmäld IMY": maybe(draw, f"{filed} 08:00", 0.8), "Status": "Öppen",
        }  # fmt: skip

    return {"personuppgiftsincidenter": [one() for _ in range(size)]}


def classifications(draw: Random, size: int) -> World:
    systems = [f"S{number}" for number in range(4)]
    assets = [
        {"Tillgångs-id": f"T{number}", "Tillgång": "T", "Enhet": "E1", "Aktiv": draw.choice(["Ja", "Ja", "Nej"]),
         "System-id": ", ".join(draw.sample(systems, k=draw.randint(0, 3)))}
        for number in range(size)
    ]  # fmt: skip
    done = []
    for _ in range(size // 2):
        kind = draw.choice(["Tillgång", "System"])
        target = f"T{draw.randrange(size)}" if kind == "Tillgång" else draw.choice(systems)
        done.append(
            {"Klassnings-id": f"K{draw.randint(1, size)}", "Avser": kind, "Avser-id": target, "Typ": "Egen",
             "Genomförd": day(draw), "Status": draw.choice(["Klar", "Klar", "Utkast"])}
        )  # fmt: skip
    held = [
        {"System-id": system, "System": system, "Livscykel": draw.choice(["Drift", "Avvecklad"])}
        for system in systems
    ]
    return {"informationstillgangar": assets, "klassningar": done, "pm3_system": held}


def records(draw: Random, size: int) -> World:
    texts = ["Personuppgiftsansvarig", "Ändamål", "Rättslig grund", "Kategorier av registrerade",
             "Kategorier av personuppgifter", "Mottagare", "Gallringsfrist", "Säkerhetsåtgärder"]  # fmt: skip

    def one() -> Row:
        level = draw.choice(["Enhet", "Enhet", "Nämndgemensam"])
        return {
            "Behandlings-id": f"B{draw.randint(1, 2 * size)}", "Behandling": "B",
            "Behandlingstyp": f"BT{draw.randint(1, 3)}",
            "Nivå": level, "Enhet": f"E{draw.randint(1, 4)}" if level == "Enhet" else "",
            "Tredjelandsöverföring": draw.choice(["Nej", "Nej", "Ja"]), "Överföringsgrund": maybe(draw, "Artikel 49"),
            "Status": draw.choice(["Aktiv", "Aktiv", "Avslutad"]),
        } | {name: maybe(draw, "finns", 0.95) for name in texts}  # fmt: skip

    units = [
        {"Enhet": f"E{n}", "Enhetsnamn": "E", "Verksamhet": draw.choice(["Förskola", "Hemtjänst"])}
        for n in range(1, 5)
    ]
    types = [
        {"Behandlingstyp": f"BT{n}", "Benämning": "B", "Verksamhet": draw.choice(["Alla", "Förskola"])}
        for n in range(1, 4)
    ]
    return {
        "registerforteckning": [one() for _ in range(size)], "enheter": units, "behandlingskatalog": types
    }  # fmt: skip


def agreements(draw: Random, size: int) -> World:
    systems = [
        {"System-id": f"S{number}", "System": "S", "Livscykel": draw.choice(["Drift", "Avveckling", "Avvecklad"]),
         "Personuppgifter": draw.choice(["Ja", "Ja", "Nej"]), "Leverantör": maybe(draw, "L", 0.8)}
        for number in range(size)
    ]  # fmt: skip
    signed = [
        {"Avtals-id": f"V{draw.randint(1, size)}", "Leverantör": "L", "System-id": f"S{draw.randrange(size)}",
         "Behov bedömt": maybe(draw, day(draw)), "Behov": draw.choice(["Ja", "Ja", "Nej"]),
         "Tecknat": maybe(draw, day(draw)), "Gäller till": maybe(draw, day(draw, 400, 900))}
        for number in range(size)
    ]  # fmt: skip
    return {"pm3_system": systems, "pub_avtal": signed}


def sections(draw: Random, size: int) -> World:
    requirements = [("Chefer", "Enskild"), ("Medarbetare", "Gemensam"), ("Alla", "Lärarledd")]
    requirements = [
        {"Kurskod": f"C{draw.randint(1, 3)}", "Kurs": "C", "Ämne": "Båda", "Avsnitt": str(number),
         "Målgrupp": audience, "Form": form, "Släpps": day(draw, 300),
         "Gäller till": maybe(draw, day(draw, 100, 300), 0.3)}
        for number, (audience, form) in enumerate(requirements * 2, 1)
    ]  # fmt: skip
    homes = [
        {"Enhet": f"E{number}", "Enhetsnamn": "E", "Verksamhet": "Vård- och omsorgsboende", "NIS": "Ja"}
        for number in range(max(size // 4, 2))
    ]
    managers = [
        {"Anställnings-id": f"A{number}", "Enhet": "E0", "Roll": draw.choice(["Chef", "Medarbetare"]),
         "Anställd från": day(draw, 900)}
        for number in range(max(size // 4, 2))
    ]  # fmt: skip
    held = [
        {"Tillfälles-id": f"T{number}", "Kurskod": f"C{draw.randint(1, 3)}", "Avsnitt": str(draw.randint(1, 6)),
         "Enhet": draw.choice(homes)["Enhet"], "Datum": day(draw, 400)}
        for number in range(size)
    ]  # fmt: skip
    done = [
        {"Anställnings-id": draw.choice(managers)["Anställnings-id"], "Kurskod": f"C{draw.randint(1, 3)}",
         "Avsnitt": str(draw.randint(1, 6)), "Status": "Genomförd", "Genomförd": day(draw, 250)}
        for _ in range(size)
    ]  # fmt: skip
    return {
        "utbildningskrav": requirements, "enheter": homes, "personal": managers, "utbildningstillfallen": held,
        "utbildning": done,
    }  # fmt: skip


def reports(draw: Random, size: int) -> World:
    def one() -> Row:
        known = AS_OF - timedelta(days=draw.randint(0, 120))
        after = [(known + timedelta(days=draw.randint(0, 45))).isoformat() for _ in range(5)]
        names = ("Första rapport", "Incidentanmälan", "Lägesrapport", "Slutrapport", "Hanterad")
        return {
            "Ärende-id": f"N{draw.randint(1, 2 * size)}", "Kännedom": maybe(draw, f"{known} 09:00", 0.9),
            "Registrerad": known.isoformat(), "Betydande": draw.choice(["Ja", "Ja", "Nej"]),
            "Status": draw.choice(["Pågående", "Hanterad"]),
        } | {name: maybe(draw, moment) for name, moment in zip(names, after, strict=True)}  # fmt: skip

    return {"nis_incidenter": [one() for _ in range(size)]}


Made = Callable[[Random, int], World]
KINDS: Sequence[tuple[str, Made, Mapping[str, Sequence[str]]]] = [
    ("utb_01", training, {"utbildningskrav": ["Släpps", "Ämne"]}),
    ("utb_01", training, {
        "personal": ["Anställnings-id", "Anställd från", "Anställd till", "Frånvaro"],
        "utbildning": ["Anställnings-id", "Kurskod", "Status", "Genomförd", "Registrering"],
    }),
    ("inc_03", incidents, {
        "personuppgiftsincidenter": ["Ärende-id", "Kännedom", "Registrerad", "Risk", "Anmäld IMY"],
    }),
    ("inc_07", reports, {
        "nis_incidenter": ["Ärende-id", "Kännedom", "Registrerad", "Betydande", "Incidentanmälan", "Hanterad"],
    }),
    ("utb_03", sections, {
        "utbildningskrav": ["Släpps", "Målgrupp", "Gäller till"], "personal": ["Roll", "Anställd från"],
    }),
    ("utb_04", sections, {"utbildningskrav": ["Släpps", "Form", "Gäller till"], "enheter": ["Enhet", "Aktiv till"]}),
    ("utb_09", sections, {"utbildningskrav": ["Släpps", "Målgrupp"], "utbildningstillfallen": ["Enhet", "Datum"]}),
    ("kla_03", classifications, {
        "klassningar": ["Klassnings-id", "Avser", "Avser-id", "Genomförd", "Status"],
        "informationstillgangar": ["Tillgångs-id", "Aktiv"], "pm3_system": ["Livscykel"],
    }),
    ("kla_04", classifications, {
        "klassningar": ["Klassnings-id", "Avser", "Avser-id", "Genomförd", "Status"],
        "informationstillgangar": ["Tillgångs-id", "Aktiv", "System-id"],
    }),
    ("reg_01", records, {
        "registerforteckning": ["Behandlings-id", "Behandlingstyp", "Nivå", "Enhet", "Status"],
        "enheter": ["Enhet", "Verksamhet", "Aktiv till"],
    }),
    ("reg_02", records, {
        "registerforteckning": ["Behandlings-id", "Nivå", "Tredjelandsöverföring", "Överföringsgrund", "Status"],
    }),
    ("pub_02", agreements, {
        "pm3_system": ["System-id", "Livscykel", "Personuppgifter"],
        "pub_avtal": ["Avtals-id", "System-id", "Behov", "Tecknat", "Gäller till"],
    }),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(
    ("indicator", "made", "columns"), KINDS, ids=[f"{kind[0]}, {', '.join(kind[2])}" for kind in KINDS]
)
@pytest.mark.parametrize("seed", range(2))
def test_the_figure_stays_inside_however_the_bad_rows_come_right(
    indicator: str, made: Made, columns: Mapping[str, Sequence[str]], seed: int, tmp_path: Path
) -> None:
    draw = Random(f"{indicator} {seed}")
    world = made(draw, draw.choice([8, 20, 60]))
    spoiled = spoil(world, draw, draw.choice([0.02, 0.1, 0.3]), columns)
    known = figure_of(indicator, spoiled.rows, tmp_path)
    if known.value is None:
        assert (known.lowest, known.highest) == (None, None)
        return
    assert known.lowest is not None
    assert known.highest is not None
    assert known.lowest <= known.value <= known.highest
    for mended in (world, *(mend(spoiled, world, draw, made(draw, 20)) for _ in range(2))):
        value = figure_of(indicator, mended, tmp_path).value
        assert value is None or known.lowest <= value <= known.highest, (known, value)


@pytest.mark.long
@pytest.mark.parametrize(
    ("indicator", "made", "columns"), KINDS, ids=[f"{kind[0]}, {', '.join(kind[2])}" for kind in KINDS]
)
def test_the_citys_figure_stays_inside_too(
    indicator: str, made: Made, columns: Mapping[str, Sequence[str]], tmp_path: Path
) -> None:
    """Of three organisations of different sizes, one of which has nearly nothing."""
    draw = Random(f"{indicator} of the city")
    worlds = by_owner({"farsta": made(draw, 40), "jarva": made(draw, 12), "kista": made(draw, 2)})
    spoiled = {
        owner: spoil(
            world, draw, draw.choice([0.02, 0.1, 0.3]), {name: columns[name] for name in columns if name in world}
        )
        for owner, world in worlds.items()
    }
    known = figures_of(indicator, {owner: world.rows for owner, world in spoiled.items()}, tmp_path)
    for _ in range(3):
        mended = {owner: mend(spoiled[owner], world, draw, made(draw, 20)) for owner, world in worlds.items()}
        found = figures_of(indicator, mended, tmp_path)
        same = all(found[owner].in_city == figure.in_city for owner, figure in known.items())
        for owner, bound in known.items():
            value = found[owner].value
            if value is None or bound.value is None or (owner == CITY and not same):
                continue
            assert bound.lowest is not None
            assert bound.highest is not None
            assert bound.lowest <= value <= bound.highest, (owner, bound, value)


INCIDENT = {"Typ": "Felutskick", "Risk": "Risk", "Registrerad": "2026-06-01", "Kännedom": "2026-06-01 09:00"}
IN_TIME = INCIDENT | {"Anmäld IMY": "2026-06-02 09:00"}


@pytest.mark.parametrize(
    ("rows", "bounds"),
    [
        # one row in quarantine may be an incident that was notified, or one that wasn't
        ([IN_TIME] * 8 + [INCIDENT] * 2 + [IN_TIME | {"Registrerad": "?"}], (80.0, 70.0, 90.0, 1, 0)),
        # not measured: in order or not
        ([IN_TIME] * 9 + [IN_TIME | {"Kännedom": ""}], (100.0, 90.0, 100.0, 0, 0)),
        # a cell that can't be read may hold what turns the item
        ([IN_TIME] * 9 + [INCIDENT | {"Anmäld IMY": "?"}], (90.0, 80.0, 100.0, 0, 1)),
        # a cell that the question doesn't hang on changes nothing, nor a unit that isn't there
        ([IN_TIME] * 9 + [INCIDENT | {"Antal registrerade": "många", "Enhet": "E9"}], (90.0, 90.0, 90.0, 0, 0)),
    ],
    ids=["quarantine", "not measured", "a cell", "another cell"],
)
def test_what_is_not_known_widens_the_bounds(
    rows: list[Row], bounds: tuple[float, float, float, int, int], tmp_path: Path
) -> None:
    numbered = [row | {"Ärende-id": f"P{number}"} for number, row in enumerate(rows)]
    world = {
        "personuppgiftsincidenter": numbered,
        "enheter": [{"Enhet": "E1", "Enhetsnamn": "E", "Verksamhet": "Övrigt"}],
    }
    found = figure_of("inc_03", world, tmp_path)
    assert (found.value, found.lowest, found.highest, found.quarantined, found.incomplete) == bounds
    assert found.unmatched == 0


def test_a_row_that_only_decides_can_only_raise_the_figure(tmp_path: Path) -> None:
    systems = [
        {"System-id": f"S{n}", "System": "S", "Livscykel": "Drift", "Driftform": "Systemtjänsteavtal"}
        for n in range(4)
    ]
    done = {"Avser": "System", "Typ": "Egen", "Genomförd": "2026-01-01", "Status": "Klar"}
    rows = [
        done | {"Klassnings-id": "K1", "Avser-id": "S1"},
        done | {"Klassnings-id": "K2", "Avser-id": "S2", "Status": "?"},
    ]
    found = figure_of("kla_08", {"pm3_system": systems, "klassningar": rows}, tmp_path)
    assert (found.value, found.lowest, found.highest) == (25.0, 25.0, 50.0)
    taken = [rows[0], rows[1] | {"Klassnings-id": "K1"}]  # it may take the place of the row with its key
    found = figure_of("kla_08", {"pm3_system": systems, "klassningar": taken}, tmp_path)
    assert (found.value, found.lowest, found.highest) == (25.0, 0.0, 50.0)


def test_a_reference_in_a_key_may_take_another_rows_place(tmp_path: Path) -> None:
    """A1 has taken the course; the row below says, of a course that isn't known, that it is only begun."""
    taken = {
        "Anställnings-id": "A1",
        "Kurskod": "C",
        "Avsnitt": "1",
        "Status": "Genomförd",
        "Genomförd": "2026-06-01",
    }
    begun = taken | {"Status": "Påbörjad"}
    requirement = {
        "Kurskod": "C", "Kurs": "C", "Ämne": "Båda", "Avsnitt": "1", "Målgrupp": "Ledning", "Form": "Enskild",
        "Släpps": "2024-01-01",
    }  # fmt: skip
    world = {
        "utbildningskrav": [requirement],
        "personal": [{"Anställnings-id": "A1", "Enhet": "E1", "Roll": "Ledning", "Anställd från": "2020-01-01"}],
        "utbildning": [taken, begun | {"Kurskod": "finns-inte"}],
    }
    found = figure_of("utb_08", world, tmp_path)
    assert (found.value, found.lowest, found.highest) == (100.0, 0.0, 100.0)
    assert figure_of("utb_08", world | {"utbildning": [taken, begun]}, tmp_path).value == 0


def test_a_figure_is_certain_where_its_lowest_meets_the_target(tmp_path: Path) -> None:
    asset = {"Tillgång": "T", "Enhet": "E1", "Aktiv": "Ja"}
    assets = [asset | {"Tillgångs-id": f"T{n}"} for n in range(10)]
    done = {"Avser": "Tillgång", "Typ": "Egen", "Genomförd": "2026-01-01", "Status": "Klar"}
    rows = [done | {"Klassnings-id": f"K{n}", "Avser-id": f"T{n}"} for n in range(9)]
    world = {"informationstillgangar": [*assets, asset | {"Tillgångs-id": "T10", "Aktiv": "?"}], "klassningar": rows}
    assert figure_of("kla_04", world, tmp_path).certain  # 90 %, at the lowest 80 %, where 80 % is the target
    world["informationstillgangar"].append(asset | {"Tillgångs-id": "T11", "Aktiv": "?"})
    assert figure_of("kla_04", world, tmp_path).certain is False


def test_without_a_figure_there_are_no_bounds(tmp_path: Path) -> None:
    found = figure_of("kla_04", {"informationstillgangar": []}, tmp_path)
    assert (found.value, found.lowest, found.highest, found.certain) == (None, None, None, None)
