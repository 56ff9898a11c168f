"""What findings come to over all kinds: what excludes what, and what a blocked or unvalidated night can't tell.

When each kind is raised, when it is over and what it says is in `cases/`.
"""

from datetime import date

import pytest

from assets.alerts.findings import waiting_files
from tests.alerts.conftest import DAY, Installation, Rows, missing

pytestmark = pytest.mark.slow

DAY_B = date(2026, 11, 21)


def figure(indicator: str, state: str, **more: object) -> dict[str, object]:
    return {"level": "organisation", "organisation": "farsta", "indicator": indicator, "state": state} | more


def test_red_and_not_measurable_exclude_each_other(installation: Installation) -> None:
    installation.night(DAY_B - DAY, {"marts.indicator_values": [figure("STY-02", "röd", value="66.5")]})
    lost = figure("STY-02", "ej mätbar", reason="underlag saknas: styrdokument")
    state = installation.evaluate(DAY_B, {"marts.indicator_values": [lost]})
    assert state.select("kind", "closed").rows() == [("ej mätbar", None), ("indikator röd", DAY_B)]


def result(
    organisation: str | None, severity: str, expectation: str = "spann", ok: bool = False
) -> dict[str, object]:
    return {
        "organisation": organisation, "table": "registers.personal", "expectation": expectation, "severity": severity,
        "ok": ok, "explanation": f"{expectation} håller inte.",
    }  # fmt: skip


def test_a_blocked_organisations_figures_are_neither_raised_nor_closed(installation: Installation) -> None:
    red = [figure("STY-02", "röd", value="66.5")]
    installation.night(DAY_B - DAY, {"marts.indicator_values": red, "validation.results": []})
    blocked: Rows = {
        "marts.indicator_values": [figure("STY-01", "röd", value="1.0")],
        "validation.results": [result("farsta", "kritisk")],
        "validation.blocked": [{"organisation": "farsta"}],
        "marts.deliveries": [missing()],
    }
    state = installation.night(DAY_B, blocked)
    assert set(state.select("kind", "indicator", "closed").rows()) == {
        ("kontroll underkänd", None, None), ("leverans saknas", None, None), ("indikator röd", "STY-02", None),
    }  # fmt: skip
    after = installation.night(DAY_B + DAY, {"marts.indicator_values": red, "validation.results": []})
    assert after.filter(indicator="STY-02")["since"].to_list() == [DAY_B - DAY]


def test_without_a_validation_nothing_of_it_is_closed(installation: Installation) -> None:
    installation.night(DAY_B - DAY, {"validation.results": [result("farsta", "varning")]})
    state = installation.night(DAY_B, {})
    assert state.select("kind", "closed").rows() == [("kontroll underkänd", None)]


def test_alerts_are_in_order_of_urgency(installation: Installation) -> None:
    step = {"organisation": "farsta", "arende_id": "I-7", "step": "Anmäld IMY", "law": "GDPR"}
    rows: Rows = {
        "marts.indicator_values": [figure("INC-03", "röd", value="1.0"), figure("STY-02", "röd", value="1.0")],
        "marts.deliveries": [missing()],
        "core.incident_steps": [step],
        "core.incident_deadlines": [step],
        "marts.quarantine": [{"organisation": "farsta", "register": "enheter", "row": 1, "effect": "cellen"}],
    }
    state = installation.evaluate(DAY_B, rows)
    assert state.select("severity", "kind").rows() == [
        ("kritisk", "tidsfrist"), ("kritisk", "indikator röd"), ("varning", "leverans saknas"),
        ("varning", "indikator röd"), ("info", "rader i karantän"),
    ]  # fmt: skip


def test_a_name_that_is_no_utf_8_or_has_a_line_break_stops_nobody(installation: Installation) -> None:
    folder = installation.settings.inbox / "farsta"
    folder.mkdir(parents=True)
    for name in (b"l\xe4smig.txt", b"tv\xc3\xa5\nrader.txt"):
        (folder / name.decode("utf-8", "surrogateescape")).touch()
    (installation.settings.inbox / "ingenstans").symlink_to("saknas")
    assert ("farsta", "l\ufffdsmig.txt") in set(waiting_files(installation.settings.inbox))
    files = [("l\ufffdsmig.txt", 1), (r"två\x0arader.txt", 2)]
    rows = [
        {
            "organisation": "farsta",
            "name": name,
            "sha256": "a",
            "status": "okänd",
            "reason": "r",
            "position": at,
        }
        for name, at in files
    ]
    state = installation.night(DAY_B, {"marts.deliveries": rows})
    assert sorted(text.partition(" avvisades")[0] for text in state["text"]) == [
        "Filen l\ufffdsmig.txt", r"Filen två\x0arader.txt",
    ]  # fmt: skip


def test_an_alert_keeps_its_id_over_versions(installation: Installation) -> None:
    """What people muted by id stays muted."""
    state = installation.evaluate(DAY_B, {"marts.deliveries": [missing()]})
    assert state["id"].to_list() == ["L-36adeb75e9d6"]


def test_a_register_that_is_not_delivered_so_far_raises_what_is_critical_alone(installation: Installation) -> None:
    step = {"organisation": "farsta", "arende_id": "I-7", "step": "Anmäld IMY", "law": "GDPR"}
    rows: Rows = {
        "core.incident_steps": [step],
        "core.incident_deadlines": [step],
        "marts.quarantine": [
            {"organisation": organisation, "register": "enheter", "row": 1, "effect": "raden"}
            for organisation in ("farsta", "jarva")
        ],
        "validation.results": [result("farsta", "varning")],
        "core.unused_registers": [
            {"organisation": "farsta", "register": register}
            for register in ("enheter", "personal", "personuppgiftsincidenter")
        ],
    }
    state = installation.evaluate(DAY_B, rows)
    assert set(state.select("organisation", "kind").rows()) == {
        ("farsta", "tidsfrist"),
        ("jarva", "rader i karantän"),
    }
    blocked = rows | {"validation.results": [result("farsta", "kritisk")]}
    state = installation.evaluate(DAY_B, blocked)
    assert ("farsta", "kontroll underkänd") in set(state.select("organisation", "kind").rows())
