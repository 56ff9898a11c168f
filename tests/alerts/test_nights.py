"""Simulated nights: what is told, once, through a real mail server that is up, down or slow to come back."""

import re
from datetime import date

import pytest

from assets.alerts.send import send
from assets.publication.sv import register_name
from tests.alerts.conftest import DAY, Installation, Post, mail_server, missing, recipients

pytestmark = pytest.mark.long

FIRST = date(2026, 3, 3)  # a Tuesday
RED = {
    "level": "organisation",
    "organisation": "farsta",
    "indicator": "STY-02",
    "state": "röd",
    "numerator": 1,
    "value": 10,
}


def test_a_fault_on_night_5_that_heals_on_night_12_is_notified_twice(
    installation: Installation, post: Post, port: int
) -> None:
    installation.configure("recipients.toml", recipients(port))
    for number in range(1, 31):
        rows = {"marts.deliveries": [missing()] if 5 <= number < 12 else []}
        installation.night(FIRST + (number - 1) * DAY, rows)
    notified = [
        (subject, text) for subject, text in zip(post.subjects, post.texts(), strict=True) if "personal" in text
    ]
    assert [subject for subject, _ in notified] == [
        "Lägesbild 2026-03-07: 1 nytt larm",
        "Lägesbild 2026-03-14: 1 stängt",
    ]
    weekly = [subject for subject in post.subjects if "veckan" in subject]
    assert weekly == [
        "Lägesbild, veckan som gick 2026-03-09: inget nytt",
        "Lägesbild, veckan som gick 2026-03-16: inget nytt",
        "Lägesbild, veckan som gick 2026-03-23: inget nytt",
        "Lägesbild, veckan som gick 2026-03-30: inget nytt",
    ]
    assert len(post.mails) == 6
    assert "leverans saknas: 1, äldst 2 dagar" in post.texts()[1]


def test_one_day_is_a_day(installation: Installation, post: Post, port: int) -> None:
    installation.configure("recipients.toml", recipients(port))
    installation.night(FIRST, {"marts.deliveries": [missing()]})
    installation.night(FIRST + DAY, {"marts.deliveries": [missing(), missing("enheter")]})
    assert post.texts()[1].splitlines() == [
        "Lägesbild 2026-03-04: 1 nytt larm", "", "FARSTA", "", "Nytt", "  Leverans saknas (1)",
        "  - Ingen leverans av enhetsregistret har kommit.", "", "Kvarstår",
        "  - leverans saknas: 1, äldst 1 dag", "",
        "https://lagesbild.exempel.se/current/farsta/",
    ]  # fmt: skip


def test_a_rerun_changes_nothing_and_sends_nothing(installation: Installation, post: Post, port: int) -> None:
    installation.configure("recipients.toml", recipients(port))
    rows = {"marts.deliveries": [missing()]}
    first = installation.night(FIRST, rows)
    files = {
        path.name: path.read_bytes() for path in (installation.run(FIRST).folder / "alerts" / "farsta").iterdir()
    }
    again = installation.night(FIRST, rows)
    assert again.equals(first)
    assert files == {
        path.name: path.read_bytes() for path in (installation.run(FIRST).folder / "alerts" / "farsta").iterdir()
    }
    assert post.subjects == ["Lägesbild 2026-03-03: 1 nytt larm"]


def test_a_rerun_tells_what_has_come_since(installation: Installation, post: Post, port: int) -> None:
    installation.configure("recipients.toml", recipients(port))
    installation.night(FIRST, {"marts.deliveries": [missing("personal")]})
    installation.night(FIRST, {"marts.deliveries": [missing("enheter")]})
    assert post.subjects == ["Lägesbild 2026-03-03: 1 nytt larm", "Lägesbild 2026-03-03: 1 nytt larm, 1 stängt"]


def test_a_mail_server_that_is_dead_for_three_nights_loses_nothing(installation: Installation, port: int) -> None:
    installation.configure("recipients.toml", recipients(port))
    registers = ["personal", "enheter", "revision", "pub_avtal"]
    for number in range(3):
        installation.night(
            FIRST + number * DAY, {"marts.deliveries": [missing(name) for name in registers[: number + 1]]}
        )
    assert len(list((installation.alerts / "outbox").iterdir())) == 3
    box = Post()
    server = mail_server(port, box)
    server.start()
    try:
        for number in (3, 4):
            installation.night(FIRST + number * DAY, {"marts.deliveries": [missing(name) for name in registers]})
    finally:
        server.stop()
    assert box.subjects == [f"Lägesbild 2026-03-0{day}: 1 nytt larm" for day in (3, 4, 5, 6)]
    for name, text in zip(registers, box.texts(), strict=True):
        assert f"Ingen leverans av {register_name(name)} har kommit." in text
    assert list((installation.alerts / "outbox").iterdir()) == []
    assert len({mail["Message-ID"] for mail in box.mails}) == 4


def test_a_night_that_was_decided_but_never_sent_is_made_up_for(
    installation: Installation, post: Post, port: int
) -> None:
    """The run died after the switch: the alert is new the night after, and told then."""
    installation.configure("recipients.toml", recipients(port))
    rows = {"marts.deliveries": [missing()]}
    installation.evaluate(FIRST, rows)
    assert post.mails == []
    installation.night(FIRST + DAY, rows)
    assert post.subjects == ["Lägesbild 2026-03-04: 1 nytt larm"]


def test_statutory_clocks_are_notified_every_day_until_they_stop(
    installation: Installation, post: Post, port: int
) -> None:
    installation.configure("recipients.toml", recipients(port))
    step = {"organisation": "farsta", "arende_id": "I-7", "step": "Anmäld IMY", "law": "GDPR"}
    clock = step | {"limit_first": "2026-03-05 11:00:00", "limit_last": "2026-03-05 11:00:00", "verdict": "not due"}
    running = {"core.incident_steps": [step], "core.incident_deadlines": [clock]}
    for number in range(3):
        installation.night(FIRST + number * DAY, running)
        installation.night(FIRST + number * DAY, running)
    installation.night(FIRST + 3 * DAY, {})
    installation.night(FIRST + 4 * DAY, {})
    assert post.subjects == [
        "Lägesbild 2026-03-03: 1 öppen tidsfrist, 1 nytt larm",
        "Lägesbild 2026-03-04: 1 öppen tidsfrist",
        "Lägesbild 2026-03-05: 1 öppen tidsfrist",
        "Lägesbild 2026-03-06: 1 stängt",
    ]
    assert "Senast 2026-03-05 kl. 12.00 ska ärende I-7 anmälas till IMY." in post.texts()[0]


def test_repetitions_that_wait_give_way_to_the_newest(installation: Installation, port: int) -> None:
    installation.configure("recipients.toml", recipients(port))
    step = {"organisation": "farsta", "arende_id": "I-7", "step": "Anmäld IMY", "law": "GDPR"}
    running = {"core.incident_steps": [step], "core.incident_deadlines": [step | {"verdict": "unknown"}]}
    for number in range(4):
        installation.night(FIRST + number * DAY, running)
    nights = [path.name[:10] for path in sorted((installation.alerts / "outbox").iterdir())]
    assert nights == ["2026-03-03", "2026-03-06"], "the first holds news, the last the repetition"


def test_what_is_muted_is_not_notified_but_listed(installation: Installation, post: Post, port: int) -> None:
    installation.configure("recipients.toml", recipients(port))
    installation.configure(
        "mutes.toml",
        """
        [[mutes]]
        reason = "registret byggs om"
        until = 2026-03-04
        organisation = "farsta"
        register = "personal"
        """,
    )
    rows = {"marts.deliveries": [missing("personal"), missing("enheter")]}
    for number in range(3):
        installation.night(FIRST + number * DAY, rows)
    first, second = post.texts()
    assert "Ingen leverans av enhetsregistret" in first
    assert "personal" not in first
    assert "Tystade larm: 1." in first
    assert "Ingen leverans av personalregistret" in second, "the mute is over"
    assert post.subjects[1].startswith("Lägesbild 2026-03-05")
    larm = (installation.run(FIRST).folder / "alerts" / "farsta" / "larm.csv").read_text(encoding="utf-8-sig")
    assert larm.count(";nytt\n") == 2


def test_readers_get_what_concerns_them_in_one_mail(installation: Installation, post: Post, port: int) -> None:
    more = """
[[recipients]]
name = "Staden"
organisations = ["*"]
mail = ["a@exempel.se", "b@exempel.se"]

[[recipients]]
name = "Bara röda"
organisations = ["farsta", "jarva"]
kinds = ["indikator röd"]
mail = ["c@exempel.se"]
"""
    installation.configure("recipients.toml", recipients(port, more=more))
    rows = {"marts.deliveries": [missing(), missing("enheter", "jarva")], "marts.indicator_values": [RED]}
    installation.night(FIRST, rows)
    got = {mail["To"]: text for mail, text in zip(post.mails, post.texts(), strict=True)}
    assert set(got) == {"samordnare@exempel.se", "a@exempel.se", "b@exempel.se", "c@exempel.se"}
    assert "JARVA" not in got["samordnare@exempel.se"]
    assert "FARSTA" in got["a@exempel.se"]
    assert "JARVA" in got["a@exempel.se"]
    assert "enheter" not in got["c@exempel.se"]
    assert "STY-02" in got["c@exempel.se"]


def test_a_reader_who_was_away_is_not_notified_again_what_is_known(
    installation: Installation, post: Post, port: int
) -> None:
    rows = {"marts.deliveries": [missing()]}
    installation.configure("recipients.toml", recipients(port))
    installation.night(FIRST, rows)
    installation.configure("recipients.toml", "")
    installation.night(FIRST + DAY, rows)
    installation.configure("recipients.toml", recipients(port))
    installation.night(FIRST + 2 * DAY, rows)
    assert post.subjects == ["Lägesbild 2026-03-03: 1 nytt larm"]


def test_an_address_that_is_refused_holds_up_nobody_else(installation: Installation, post: Post, port: int) -> None:
    post.refuses = {"borta@exempel.se"}
    more = '[[recipients]]\nname = "Borta"\norganisations = ["*"]\nmail = ["borta@exempel.se"]\n'
    installation.configure("recipients.toml", recipients(port, more=more))
    installation.night(FIRST, {"marts.deliveries": [missing()]})
    assert [mail["To"] for mail in post.mails] == ["samordnare@exempel.se"]
    post.refuses = set()
    installation.night(FIRST + DAY, {"marts.deliveries": [missing()]})
    assert [mail["To"] for mail in post.mails] == ["samordnare@exempel.se", "borta@exempel.se"]


def test_a_review_sends_nothing_and_leaves_no_trace(installation: Installation, post: Post, port: int) -> None:
    installation.configure("recipients.toml", recipients(port))
    installation.evaluate(FIRST, {"marts.deliveries": [missing()]}, "review")
    assert send(installation.run(FIRST, "review"), installation.settings, installation.configuration, {}) == (0, 0)
    assert not installation.settings.data.exists()
    assert post.mails == []


def test_with_nothing_configured_the_files_are_all_there_is(installation: Installation) -> None:
    installation.night(FIRST, {"marts.deliveries": [missing()]})
    folder = installation.run(FIRST).folder / "alerts"
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"farsta", "jarva", "staden"}
    content = (folder / "farsta" / "larm.csv").read_bytes().decode("utf-8")
    assert re.fullmatch(
        "\ufeffLarm-id;Slag;Allvar;Enhet;Register;Indikator;Text;Sedan;Tillstånd\r\n"
        "L-[0-9a-f]{12};leverans saknas;varning;;personal;;"
        "Ingen leverans av personalregistret har kommit.;2026-03-03;nytt"
        "\r\n",
        content,
    )
    assert (installation.settings.data / "heartbeat.json").exists()
    assert not (installation.alerts / "outbox").exists()
