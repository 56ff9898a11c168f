"""recipients.toml and mutes.toml: what is wrong in them is sentence in Swedish, and where."""

from pathlib import Path

import pytest

from assets.alerts.configuration import Configuration, ConfigurationError, read_configuration

COMPLETE = """
link = "https://lagesbild.exempel.se/current"

[smtp]
host = "smtp.exempel.se"
user = "lagesbild"
sender = "lagesbild@exempel.se"

[[recipients]]
name = "Samordnaren i Farsta"
organisations = ["farsta"]
mail = ["samordnare@exempel.se"]

[[recipients]]
name = "Driften"
organisations = ["*"]
kinds = ["körning misslyckad", "leverans avvisad"]
teams = "LAGESBILD_TEAMS_DRIFT"
"""
SECRETS = {"LAGESBILD_SMTP_PASSWORD": "x", "LAGESBILD_TEAMS_DRIFT": "https://exempel.se/flow?sig=y"}


def read(folder: Path, recipients: str = "", mutes: str = "", **environment: str) -> Configuration:
    (folder / "recipients.toml").write_text(recipients, encoding="utf-8")
    (folder / "mutes.toml").write_text(mutes, encoding="utf-8")
    return read_configuration(folder, environment)


def test_nothing_is_needed(tmp_path: Path) -> None:
    assert read_configuration(tmp_path, {}) == Configuration()


def test_a_whole_one_is_read(tmp_path: Path) -> None:
    read_one = read(tmp_path, COMPLETE, '[[mutes]]\nreason = "a"\nuntil = 2026-12-31\nid = "L-1"\n', **SECRETS)
    assert read_one.recipients.smtp is not None
    assert (read_one.recipients.smtp.port, read_one.recipients.smtp.security) == (587, "starttls")
    assert [recipient.name for recipient in read_one.recipients.recipients] == ["Samordnaren i Farsta", "Driften"]
    assert read_one.unknown(["jarva"]) == ["farsta"]
    assert "sig" not in repr(read_one)


NOT_ASCII = {"LAGESBILD_SMTP_PASSWORD": "häxa"}
MAIL = 'name = "S"\norganisations = ["farsta"]\nmail = ["s@exempel.se"]\n'
SMTP = '[smtp]\nhost = "h"\nsender = "l@exempel.se"\n'


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("[[recipients]]\n" + MAIL, "mail kräver [smtp]"),
        (SMTP + "[[recipients]]\n" + MAIL + 'teams = "T"', "recipients nr 1 ska ha en av mail, teams och webhook"),
        (SMTP + '[[recipients]]\nname = "S"\norganisations = ["f"]', "ska ha en av mail, teams och webhook"),
        (SMTP + "[[recipients]]\n" + MAIL + "[[recipients]]\n" + MAIL, "två mottagare heter S"),
        (SMTP + "[[recipients]]\n" + MAIL + 'kinds = ["röd"]', "recipients nr 1 kinds nr 1 ska vara 'körning missly"),
        (SMTP + MAIL, "smtp name är ingen inställning"),
        ('[smtp]\nhost = "h"\n', "smtp sender saknas"),
        ('[smtp]\nhost = "h"\nsender = "lagesbild"\n', "smtp sender ska vara en e-postadress"),
        (SMTP + 'user = "u"\nsecurity = "ingen"', "inloggning kräver security = starttls eller tls"),
        ('[smtp]\nhost = "h"\nsender = "åsa@exempel.se"\n', "smtp sender ska vara en e-postadress, utan å, ä och ö"),
        (SMTP + 'user = "u"', "miljövariabeln LAGESBILD_SMTP_PASSWORD saknas"),
        ('[[recipients]]\nname = "S"\norganisations = ["f"]\nteams = "T"', "miljövariabeln T saknas"),
        (
            '[[recipients]]\nname = "S"\norganisations = ["f"]\nteams = "OPEN"',
            "OPEN ska hålla en adress som börjar med",
        ),
        (
            '[[recipients]]\nname = "S"\norganisations = ["f"]\nteams = "https://exempel.se"',
            "teams ska vara namnet på en miljövariabel",
        ),
        ('link = "lagesbild"', "link ska börja med http"),
        ('[[recipients]]\nname = "S"\norganisations = []', "organisations får inte vara tom"),
        ("[[recipients]", "går inte att läsa som TOML: fel på rad 1, tecken 13"),
        ("link = https://exempel.se", "går inte att läsa som TOML: fel på rad 1, tecken 8"),
    ],
)
def test_what_is_wrong_with_recipients_is_a_sentence(tmp_path: Path, toml: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError) as fault:
        read(tmp_path, toml, OPEN="http://exempel.se/flow?sig=hemligt")
    assert sentence in str(fault.value)
    assert "hemligt" not in str(fault.value)


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "mutes.toml").write_bytes('reason = "å"'.encode("cp1252"))
    with pytest.raises(ConfigurationError, match=r"mutes\.toml går inte att läsa som TOML: filen är inte i UTF-8"):
        read_configuration(tmp_path, {})
    (tmp_path / "recipients.toml").mkdir()
    with pytest.raises(ConfigurationError, match=r"recipients\.toml går inte att läsa"):
        read_configuration(tmp_path, {})


def test_a_password_that_no_login_can_send_is_notified_before_the_night(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="LAGESBILD_SMTP_PASSWORD får bara ha tecken ur ASCII") as fault:
        read(tmp_path, SMTP + 'user = "u"', **NOT_ASCII)
    assert "häxa" not in str(fault.value)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ('[[mutes]]\nuntil = 2026-12-31\nid = "L-1"', "mutes nr 1 reason saknas"),
        ('[[mutes]]\nreason = "a"\nid = "L-1"', "mutes nr 1 until saknas"),
        ('[[mutes]]\nreason = "a"\nuntil = "nyår"\nid = "L-1"', "mutes nr 1 until ska vara ett datum som 2026-11-21"),
        ('[[mutes]]\nreason = "a"\nuntil = 2026-12-31', "mutes nr 1 ska ange minst en av"),
        ('[[mutes]]\nreason = "a"\nuntil = 2026-12-31\nslag = "x"', "mutes nr 1 slag är ingen inställning"),
    ],
)
def test_what_is_wrong_with_mutes_is_a_sentence(tmp_path: Path, toml: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError) as fault:
        read(tmp_path, mutes=toml)
    assert sentence in str(fault.value)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (SMTP + "prt = 25", "smtp prt är ingen inställning (menar du port?)"),
        (
            "[[recipients]]\n" + MAIL + 'kind = ["ej mätbar"]',
            "recipients nr 1 kind är ingen inställning (menar du kinds?)",
        ),
        ('lnk = "https://exempel.se"', "lnk är ingen inställning (menar du link?)"),
        ("[[recipients]]\n" + MAIL + "zzzz = 1", "recipients nr 1 zzzz är ingen inställning"),
    ],
)
def test_a_misspelt_key_is_told_with_the_right_one(tmp_path: Path, toml: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read(tmp_path, toml)
    assert sentence in str(refused.value)
