"""recipients.toml: who is notified of what, by which channel, and the mail server that the mail goes by.

Secrets don't stand in it: the mail password is in LAGESBILD_SMTP_PASSWORD, and a webhook's address, which lets
anyone post, in the variable that its recipient names.
"""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from assets.alerts.vocabulary import Kind

PASSWORD = "LAGESBILD_SMTP_PASSWORD"  # noqa: S105 – the variable's name
EVERYBODY = "*"

_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


def _address(text: str) -> str:
    if not (_ADDRESS.fullmatch(text) and text.isascii()):
        raise ValueError("ska vara en e-postadress, utan å, ä och ö")
    return text


def _variable(text: str) -> str:
    if not _VARIABLE.fullmatch(text):
        raise ValueError("ska vara namnet på en miljövariabel med adressen i, inte adressen själv")
    return text


Address = Annotated[str, AfterValidator(_address)]
Variable = Annotated[str, AfterValidator(_variable)]
Text = Annotated[str, Field(min_length=1)]


class Frozen(BaseModel):
    """Read once, never changed; what isn't known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Smtp(Frozen):
    """The mail server. `security`: STARTTLS (usual port 587), TLS from the start (465), or ingen (25)."""

    host: Text
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "ingen"] = "starttls"
    user: Text | None = None
    sender: Address

    @model_validator(mode="after")
    def _no_password_in_clear(self) -> Self:
        if self.user and self.security == "ingen":
            raise ValueError("inloggning kräver security = starttls eller tls")
        return self


class Recipient(Frozen):
    """One reader of digests, by one channel. `organisations`: their names, `staden` for the city's own alerts and
    the failed night, `*` for all of these. `kinds`: those of larm.csv that concern the reader."""

    name: Text
    organisations: Annotated[tuple[str, ...], Field(min_length=1)]
    kinds: tuple[Kind, ...] = tuple(Kind)
    mail: tuple[Address, ...] = ()
    teams: Variable | None = None
    webhook: Variable | None = None

    @model_validator(mode="after")
    def _has_one_channel(self) -> Self:
        if sum(map(bool, (self.mail, self.teams, self.webhook))) != 1:
            raise ValueError("ska ha en av mail, teams och webhook")
        return self


class Recipients(Frozen):
    """recipients.toml. `link`: where the published folder can be read, above the organisations' folders."""

    link: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    smtp: Smtp | None = None
    recipients: tuple[Recipient, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = [recipient.name for recipient in self.recipients]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"två mottagare heter {name}")
        if self.smtp is None and any(recipient.mail for recipient in self.recipients):
            raise ValueError("mail kräver [smtp]")
        return self
