"""What is found, kind by kind: when it is raised, when it is over, and what it says."""

from datetime import date

import polars as pl
import pytest

from assets.alerts.data_quality import VOLUME
from tests.alerts.conftest import DAY, Installation, Rows, missing

DAY_B = date(2026, 11, 21)
KARANTAN, OMATCHADE = " Se karantan.csv.", " Se bristlistor/omatchade.csv."
PERSONNUMMER = " Se bristlistor/personnummer_i_fritext.csv."
BLOCKED = " Publiceringen är spärrad: det som visas är från en tidigare natt."


def told(installation: Installation, rows: Rows, kind: str | None = None, day: date = DAY_B) -> list[tuple[str, ...]]:
    """(organisation, severity, register, text) of what is open."""
    state = installation.decide(day, rows).filter(pl.col("closed").is_null())
    if kind:
        state = state.filter(kind=kind)
    return state.select("organisation", "severity", "register", "text").rows()


def delivered(
    position: int, status: str, day: str = "2026-11-01", name: str = "", register: str | None = "personal"
) -> dict[str, object]:
    return {
        "organisation": "farsta", "register": register, "name": name or f"fil{position}.csv", "sha256": str(position),
        "delivered": day, "status": status, "reason": "ingen rubrikrad", "position": position,
    }  # fmt: skip


@pytest.mark.parametrize(("day", "late"), [("2026-10-07", False), ("2026-10-06", True)], ids=["45 days", "46 days"])
def test_a_delivery_is_late_after_45_days(installation: Installation, day: str, late: bool) -> None:
    found = told(installation, {"marts.deliveries": [delivered(1, "i kraft", day)]}, "leverans sen")
    assert bool(found) == late


def test_what_confirms_a_delivery_keeps_it_from_being_late(installation: Installation) -> None:
    confirmed = delivered(1, "i kraft", "2026-01-01") | {"confirmed": "2026-11-20"}
    assert told(installation, {"marts.deliveries": [confirmed]}, "leverans sen") == []


def test_a_register_may_have_its_own_patience(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    own = installation.settings.model_copy(update={"late_days": {"personal": 10, "enheter": 400}})
    monkeypatch.setattr(Installation, "settings", own)
    rows = [delivered(1, "i kraft"), delivered(2, "i kraft", "2025-12-01", register="enheter")]
    assert told(installation, {"marts.deliveries": rows}, "leverans sen") == [
        (
            "farsta",
            "varning",
            "personal",
            "Senaste leveransen av personal är från 2026-11-01, mer än 10 dagar gammal.",
        )
    ]


@pytest.mark.parametrize(
    ("others", "in_inbox", "severity", "says"),
    [
        ([], False, "varning", "Ingen leverans av personal gäller."),
        ([delivered(1, "i kraft")], False, "varning", "Den förra leveransen gäller fortfarande."),
        ([delivered(9, "i kraft")], True, "info", "En senare leverans gäller; filen kan tas bort ur inkorgen."),
        ([delivered(9, "i kraft")], False, None, None),
        ([delivered(9, "upprepad")], False, None, None),
        ([delivered(9, "framtida")], False, "varning", "Ingen leverans av personal gäller."),
        ([delivered(9, "i kraft", name="fil5.csv")], True, None, None),
    ],
    ids=["nothing else", "an older one holds", "a newer one, file there", "a newer one, file gone",
         "a newer one that confirms", "one from the future", "the file was mended"],
)  # fmt: skip
def test_a_refused_delivery(
    installation: Installation,
    others: list[dict[str, object]],
    in_inbox: bool,
    severity: str | None,
    says: str | None,
) -> None:
    if in_inbox:
        place = installation.settings.inbox / "farsta" / "fil5.csv"
        place.parent.mkdir(parents=True)
        place.touch()
    found = told(installation, {"marts.deliveries": [delivered(5, "avvisad"), *others]}, "leverans avvisad")
    wanted = [("farsta", severity, "personal", f"Filen fil5.csv avvisades: ingen rubrikrad. {says}")]
    assert found == (wanted if severity else [])


def test_a_file_that_fits_no_register_is_told_as_long_as_it_lies_there(installation: Installation) -> None:
    lost = delivered(1, "okänd", register=None, name="semester.xlsx")
    rows: Rows = {"marts.deliveries": [lost, lost | {"organisation": "staden", "name": "Fel mapp/x.csv"}]}
    assert told(installation, rows) == []
    for name in ("farsta/semester.xlsx", "Fel mapp/x.csv"):
        path = installation.settings.inbox / name
        path.parent.mkdir(parents=True)
        path.touch()
    assert [(organisation, register) for organisation, _, register, _ in told(installation, rows)] == [
        ("farsta", None),
        ("staden", None),
    ]


def test_lists_become_one_alert_a_register_with_a_count(installation: Installation) -> None:
    cell = {"organisation": "farsta", "register": "revision", "delivery": "r.csv", "column": "År", "effect": "raden"}
    place = {"organisation": "farsta", "register": "klassningar", "delivery": "k.csv", "row": 4, "value": "X9"}
    rows: Rows = {
        "marts.quarantine": [
            cell | {"row": 2}, cell | {"row": 2, "column": "Status"}, cell | {"row": 3},
            cell | {"row": 9, "effect": "cellen"}, cell | {"register": "personal", "effect": "cellen", "row": 1},
        ],
        "marts.unmatched": [place, place | {"row": 5}],
        "intake.personal_numbers": [{"organisation": "jarva", "register": "utbildning"}],
    }  # fmt: skip
    found = told(installation, rows)
    assert found == [
        (
            "farsta",
            "varning",
            "revision",
            "2 rader av revision är i karantän och 1 cell gick inte att läsa." + KARANTAN,
        ),
        (
            "farsta",
            "varning",
            "klassningar",
            "2 hänvisningar i klassningar pekar på något som inte finns." + OMATCHADE,
        ),
        ("farsta", "info", "personal", "1 cell av personal gick inte att läsa." + KARANTAN),
        ("jarva", "varning", "utbildning", "1 ställe i utbildning ser ut att innehålla personnummer." + PERSONNUMMER),
    ]
    assert "X9" not in str(found)


def figure(indicator: str, state: str, **more: object) -> dict[str, object]:
    return {"level": "organisation", "organisation": "farsta", "indicator": indicator, "state": state} | more


def test_red_and_not_measurable_exclude_each_other(installation: Installation) -> None:
    red = [
        figure("STY-02", "röd", value="66.5"),
        figure("INC-03", "röd", value="12.0"),
        figure("PLAN-02", "röd", numerator=4),
        figure("UTB-07", "röd", numerator=0),
        figure("UTB-01", "grön"),
        figure("UTB-02", "röd", level="unit", value=1),
    ]
    installation.night(DAY_B - DAY, {"marts.indicator_values": red})
    assert [(severity, text) for _, severity, _, text in told(installation, {"marts.indicator_values": red})] == [
        ("kritisk", "INC-03 Anmälda till IMY inom 72 timmar är röd: 12,0 %, målet är 100 %."),
        ("varning", "PLAN-02 Försenade aktiviteter är röd: 4 öppna."),
        ("varning", "STY-02 Styrdokument på plats är röd: 66,5 %, målet är 100 %."),
        ("varning", "UTB-07 Fysiska utbildningar för nya chefer är röd: 0, minst 1 krävs."),
    ]
    lost = [figure("STY-02", "ej mätbar", reason="underlag saknas: styrdokument"), *red[1:]]
    state = installation.decide(DAY_B, {"marts.indicator_values": lost}).filter(indicator="STY-02")
    assert [(kind, closed) for kind, closed in state.select("kind", "closed").rows()] == [
        ("ej mätbar", None),
        ("indikator röd", DAY_B),
    ]


def verdict(
    organisation: str | None, severity: str, expectation: str = "spann", ok: bool = False
) -> dict[str, object]:
    return {
        "organisation": organisation, "table": "registers.personal", "expectation": expectation, "severity": severity,
        "ok": ok, "explanation": f"{expectation} håller inte.",
    }  # fmt: skip


def test_failed_checks_are_told_and_fine_ones_are_not(installation: Installation) -> None:
    verdicts = [
        verdict("farsta", "varning"), verdict("farsta", "info", "a"), verdict("farsta", "kritisk", "b", ok=True),
        verdict("jarva", "kritisk"), verdict(None, "kritisk", "svit"), verdict("farsta", "varning", VOLUME),
    ]  # fmt: skip
    state = installation.decide(DAY_B, {"validation.verdicts": verdicts})
    assert state.select("organisation", "kind", "severity", "register", "text").rows() == [
        ("farsta", "kontroll underkänd", "varning", "personal", "personal: spann håller inte."),
        ("farsta", "volymfall", "varning", "personal", f"personal: {VOLUME} håller inte."),
        ("jarva", "kontroll underkänd", "kritisk", "personal", "personal: spann håller inte." + BLOCKED),
        ("staden", "kontroll underkänd", "kritisk", "personal", "personal: svit håller inte."),
    ]  # fmt: skip


def test_a_blocked_organisations_figures_are_neither_raised_nor_closed(installation: Installation) -> None:
    red = [figure("STY-02", "röd", value="66.5")]
    installation.night(DAY_B - DAY, {"marts.indicator_values": red, "validation.verdicts": []})
    blocked: Rows = {
        "marts.indicator_values": [figure("STY-01", "röd", value="1.0")],
        "validation.verdicts": [verdict("farsta", "kritisk")],
        "validation.blocked": [{"organisation": "farsta"}],
        "marts.deliveries": [missing()],
    }
    state = installation.night(DAY_B, blocked)
    assert set(state.select("kind", "indicator", "closed").rows()) == {
        ("kontroll underkänd", None, None), ("leverans saknas", None, None), ("indikator röd", "STY-02", None),
    }  # fmt: skip
    after = installation.night(DAY_B + DAY, {"marts.indicator_values": red, "validation.verdicts": []})
    assert after.filter(indicator="STY-02")["since"].to_list() == [DAY_B - DAY]


def test_without_a_validation_nothing_of_it_is_closed(installation: Installation) -> None:
    installation.night(DAY_B - DAY, {"validation.verdicts": [verdict("farsta", "varning")]})
    state = installation.night(DAY_B, {})
    assert state.select("kind", "closed").rows() == [("kontroll underkänd", None)]


IMY, FINAL = {"law": "GDPR", "step": "Anmäld IMY"}, {"law": "2025:1506", "step": "Slutrapport"}
TO_IMY = "anmälan till IMY i ärende I-7."
STEP = {"organisation": "farsta", "arende_id": "I-7", "enhet": "3001"}


@pytest.mark.parametrize(
    ("step", "limit", "says"),
    [
        (IMY, "2026-11-23 20:00:00", "2026-11-23 21:00 går tiden ut: " + TO_IMY),
        (IMY, "2026-11-20 20:00:00", "2026-11-20 21:00 gick tiden ut: anmälan till IMY i ärende I-7."),
        (IMY, None, "Okänt när tiden går ut, kännedom saknas: anmälan till IMY i ärende I-7."),
        (IMY | {"done_day": "2026-11-21"}, "2026-11-20 20:00:00", None),
        (IMY | {"done_day": "2026-11-22"}, "2026-11-25 11:00:00", "2026-11-25 12:00 går tiden ut: " + TO_IMY),
        (FINAL, "2026-11-22 22:59:00", "2026-11-22 23:59 går tiden ut: slutrapport i ärende I-7."),
        (FINAL, "2026-11-22 23:00:00", None),
        (FINAL, "2026-11-01 23:00:00", "2026-11-02 00:00 gick tiden ut: slutrapport i ärende I-7."),
    ],
    ids=["to IMY, three days left", "to IMY, overdue", "to IMY, unknown", "reported", "reported after B",
         "NIS, within 24 h", "NIS, later", "NIS, overdue"],
)  # fmt: skip
def test_a_clock(installation: Installation, step: dict[str, object], limit: str | None, says: str | None) -> None:
    clock = STEP | {name: step[name] for name in ("law", "step")} | {"limit_first": limit, "limit_last": limit}
    found = told(installation, {"core.incident_steps": [STEP | step], "core.incident_deadlines": [clock]})
    assert bool(found) == bool(says)
    if says:
        ((organisation, severity, _, text),) = found
        assert (organisation, severity) == ("farsta", "kritisk")
        assert text == says
