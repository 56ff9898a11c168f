"""The ways out: mail by SMTP, Teams by a Workflows webhook, and any other webhook that takes JSON.

Mail is the standard library's own: one message per address, with an id that stays the same when it is tried
again. (Apprise was weighed: it answers only yes or no, and a night must know what may be tried again.)
"""

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from assets.alerts.recipients import PASSWORD, Smtp

TIMEOUT = 10.0
ATTEMPTS = 3
WAIT = wait_exponential(multiplier=0.5, max=4)
"""A channel that is down costs a night half a minute at the most."""

Channel = Literal["mail", "teams", "webhook"]

_TOO_MANY, _SERVER_FAULT = 429, 500


class Item(BaseModel):
    """One digest to one address, in words. `to`: a mail address, or the variable that holds a webhook's address.
    `news`: it holds something that no later digest repeats. `payload`: what a webhook is sent."""

    model_config = ConfigDict(frozen=True)

    id: str
    night: str
    recipient: str
    channel: Channel
    to: str
    news: bool
    subject: str
    text: str
    html: str
    payload: dict[str, Any]

    @property
    def server(self) -> str:
        """What is down for all others as well when this can't be delivered."""
        return "smtp" if self.channel == "mail" else self.to


class Undelivered(Exception):
    """It stays in the outbox. `again`: worth another try at once. `server`: it isn't about this item alone."""

    def __init__(self, why: str, *, again: bool = False, server: bool = True) -> None:
        super().__init__(why)
        self.again, self.server = again, server


def deliver(item: Item, smtp: Smtp | None, environment: Mapping[str, str]) -> None:
    """Delivers it, trying again for a while where the channel is down. Raises Undelivered.

    No error text of a library is passed on: it may hold a webhook's secret address.
    """
    worth_it = retry_if_exception(lambda fault: isinstance(fault, Undelivered) and fault.again)
    for attempt in Retrying(stop=stop_after_attempt(ATTEMPTS), wait=WAIT, retry=worth_it, reraise=True):
        with attempt:
            if item.channel == "mail":
                _mail(item, smtp, environment)
            else:
                _post(item, environment)


def _mail(item: Item, smtp: Smtp | None, environment: Mapping[str, str]) -> None:
    if smtp is None:
        raise Undelivered("recipients.toml har ingen [smtp]")
    try:
        server = _connect(smtp)
        try:
            if smtp.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if smtp.user:
                _login(server, smtp.user, environment)
            server.send_message(_message(item, smtp.sender))
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()  # what was taken is taken, whatever the goodbye comes to
            server.close()
    except smtplib.SMTPRecipientsRefused as fault:
        codes = ", ".join(str(code) for code, _ in fault.recipients.values())
        raise Undelivered(f"mejlservern tar inte emot för adressen ({codes})", server=False) from None
    except (smtplib.SMTPNotSupportedError, ssl.SSLError) as fault:
        raise Undelivered(f"mejlservern klarar inte krypteringen ({type(fault).__name__})") from None
    except (smtplib.SMTPException, OSError) as fault:
        code = getattr(fault, "smtp_code", None)
        refused = code is not None and code >= _SERVER_FAULT
        raise Undelivered(
            f"mejlservern svarar inte som den ska ({code or type(fault).__name__})",
            again=not refused,
            server=not refused,
        ) from None


def _login(server: smtplib.SMTP, user: str, environment: Mapping[str, str]) -> None:
    try:
        server.login(user, environment.get(PASSWORD, ""))
    except smtplib.SMTPException as fault:  # not tried again at once: that may lock the account
        raise Undelivered(f"mejlservern nekar inloggningen ({type(fault).__name__})") from None


def _connect(smtp: Smtp) -> smtplib.SMTP:
    if smtp.security == "tls":
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT, context=ssl.create_default_context())
    return smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT)


def _message(item: Item, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = item.subject
    message["From"] = sender
    message["To"] = item.to
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{item.id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(item.text)
    message.add_alternative(item.html, subtype="html")
    return message


def _post(item: Item, environment: Mapping[str, str]) -> None:
    import requests  # slow to import, and many installations mail only

    url = environment.get(item.to)
    if not url:
        raise Undelivered(f"miljövariabeln {item.to} saknas")
    try:
        answer = requests.post(
            url, json=item.payload, headers={"Idempotency-Key": item.id}, timeout=TIMEOUT, allow_redirects=False
        )
    except requests.RequestException as fault:
        raise Undelivered(f"webhooken svarar inte ({type(fault).__name__})", again=True) from None
    if answer.status_code in range(200, 300):
        return
    again = answer.status_code >= _SERVER_FAULT or answer.status_code == _TOO_MANY
    raise Undelivered(f"webhooken svarar {answer.status_code}", again=again)
