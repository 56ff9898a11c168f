"""The ways out, each against a real server on loopback: what arrives, and what is tried again."""

import json
import ssl
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from assets.alerts.channels import Item, Undelivered, deliver
from assets.alerts.recipients import Smtp
from tests.alerts.conftest import Endpoint, Installation, Post, mail_server, missing, recipients

pytestmark = pytest.mark.long

ITEM = Item(
    id="abc123", night="2026-03-03", recipient="Samordnaren", channel="mail", to="samordnare@exempel.se", news=True,
    subject="Lägesbild: två nya larm", text="Fåglar på ön\n", html="<p>Fåglar på ön</p>\n", payload={},
)  # fmt: skip
PASSWORD = {"LAGESBILD_SMTP_PASSWORD": "haxa-17"}


class AuthPost(Post):
    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.users.append(data.login.decode())
        return AuthResult(success=data.password.decode() == "haxa-17", handled=False)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS for localhost, and the authority that a client must trust for it."""
    authority, path = trustme.CA(), tmp_path_factory.mktemp("tls") / "ca.pem"
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(path)
    return context, path


def smtp(port: int, **more: Any) -> Smtp:
    return Smtp.model_validate({"host": "127.0.0.1", "port": port, "sender": "lagesbild@exempel.se"} | more)


def test_a_mail_is_text_and_html_and_says_who_it_is(post: Post, port: int) -> None:
    deliver(ITEM, smtp(port, security="ingen"), {})
    (mail,) = post.mails
    assert mail["Subject"] == "Lägesbild: två nya larm"
    assert (mail["From"], mail["To"]) == ("lagesbild@exempel.se", "samordnare@exempel.se")
    assert mail["Message-ID"] == "<abc123@exempel.se>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().strip() for part in mail.iter_parts()] == ["Fåglar på ön", "<p>Fåglar på ön</p>"]


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")  # aiosmtpd doesn't see that all of it is TLS
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_goes_encrypted_and_logged_in(
    security: str, port: int, certificates: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = certificates
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    box = AuthPost()
    encryption = (
        {"tls_context": context, "require_starttls": True}
        if security == "starttls"
        else {"ssl_context": context, "auth_require_tls": False}
    )
    server = mail_server(port, box, authenticator=box.authenticate, auth_required=True, **encryption)
    server.start()
    try:
        deliver(ITEM, smtp(port, security=security, user="lagesbild"), PASSWORD)
        with pytest.raises(Undelivered, match="nekar inloggningen") as refused:
            deliver(ITEM, smtp(port, security=security, user="lagesbild"), {"LAGESBILD_SMTP_PASSWORD": "fel"})
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(Undelivered, match=r"klarar inte krypteringen \(SSLCert"):
            deliver(ITEM, smtp(port, security=security, user="lagesbild"), PASSWORD)
    finally:
        server.stop()
    assert len(box.mails) == 1
    assert len(box.users) == 3, "one that is refused is tried in both ways that the server offers, and no more"
    assert "fel" not in str(refused.value)


def test_a_server_without_encryption_gets_no_password(post: Post, port: int) -> None:
    with pytest.raises(Undelivered, match="klarar inte krypteringen"):
        deliver(ITEM, smtp(port, user="lagesbild"), PASSWORD)
    assert post.mails == []


def test_a_dead_server_is_tried_again_and_then_given_up(port: int) -> None:
    with pytest.raises(Undelivered, match=r"svarar inte som den ska \(ConnectionRefusedError\)") as fault:
        deliver(ITEM, smtp(port, security="ingen"), {})
    assert fault.value.server


def test_teams_gets_an_adaptive_card(installation: Installation, endpoint: Endpoint) -> None:
    installation.environment["TEAMS_FARSTA"] = endpoint.url
    installation.configure(
        "recipients.toml",
        'link = "https://lagesbild.exempel.se"\n'
        '[[recipients]]\nname = "Kanalen"\norganisations = ["farsta"]\nteams = "TEAMS_FARSTA"\n',
    )
    installation.night(date(2026, 3, 3), {"marts.deliveries": [missing("personal"), missing("enheter")]})
    (message,) = endpoint.payloads
    assert message["type"] == "message"
    (attachment,) = message["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert card["body"][0]["text"] == "Lägesbild 2026-03-03: 2 nya larm"
    assert {"title": "Nytt: leverans saknas", "value": "2"} in card["body"][-1]["facts"]
    assert card["actions"] == [
        {"type": "Action.OpenUrl", "title": "Öppna lägesbilden", "url": "https://lagesbild.exempel.se"}
    ]
    assert len(json.dumps(message)) < 28_000


def test_a_webhook_gets_the_digest_as_json_once(installation: Installation, endpoint: Endpoint) -> None:
    installation.environment["LARM"] = endpoint.url
    installation.configure(
        "recipients.toml", '[[recipients]]\nname = "Övervakningen"\norganisations = ["*"]\nwebhook = "LARM"\n'
    )
    endpoint.answers = [503, 429, 200]
    rows = {"marts.deliveries": [missing("personal")]}
    installation.night(date(2026, 3, 3), rows)
    installation.night(date(2026, 3, 3), rows)
    ((headers, payload),) = endpoint.got
    assert headers["Idempotency-Key"]
    assert (payload["digest"]["night"], payload["digest"]["new"]) == ("2026-03-03", 1)
    (section,) = payload["digest"]["sections"]
    assert section["organisation"] == "farsta"
    assert section["new"][0] == {
        "kind": "leverans saknas", "count": 1, "lines": ["Ingen leverans av personalregistret har kommit."]
    }  # fmt: skip


@pytest.mark.parametrize("answers", [[404], [302], [500, 500, 500]])
def test_a_webhook_that_says_no_is_tried_the_next_night(
    installation: Installation, endpoint: Endpoint, answers: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    installation.environment["LARM"] = endpoint.url
    installation.configure(
        "recipients.toml", '[[recipients]]\nname = "Övervakningen"\norganisations = ["*"]\nwebhook = "LARM"\n'
    )
    endpoint.answers = list(answers)
    installation.night(date(2026, 3, 3), {"marts.deliveries": [missing("personal")]})
    assert (endpoint.got, endpoint.answers) == ([], [])
    assert "väntar i utkorgen" in caplog.text
    assert "hemligt" not in caplog.text
    waiting = "".join(path.read_text(encoding="utf-8") for path in (installation.alerts / "outbox").iterdir())
    assert "hemligt" not in waiting
    installation.night(date(2026, 3, 4), {"marts.deliveries": [missing("personal")]})
    assert [payload["digest"]["night"] for payload in endpoint.payloads] == ["2026-03-03"]


def test_one_dead_channel_leaves_the_others_alone(installation: Installation, endpoint: Endpoint, port: int) -> None:
    installation.environment["LARM"] = endpoint.url
    more = '[[recipients]]\nname = "Övervakningen"\norganisations = ["*"]\nwebhook = "LARM"\n'
    installation.configure("recipients.toml", recipients(port, more=more))
    installation.night(date(2026, 3, 3), {"marts.deliveries": [missing("personal")]})
    assert len(endpoint.got) == 1
    assert len(list((installation.alerts / "outbox").iterdir())) == 1
