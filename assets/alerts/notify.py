"""Whom to tell what: every reader's digest is made of what that reader hasn't been told.

    told.json   per reader: the alerts told as open, and the last days on which clocks and the week were told

So a rerun tells nothing again, a new reader hears of all that is open, and an alert whose end was never told,
because a night was lost in between, is told by the next one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

import polars as pl
from pydantic import BaseModel, TypeAdapter

from assets.alerts import messages
from assets.alerts.channels import Channel, Item, deliver
from assets.alerts.configuration import Configuration
from assets.alerts.digest import Digest, digest, is_weekly, muted
from assets.alerts.outbox import Outbox
from assets.alerts.recipients import EVERYBODY, Recipient
from assets.alerts.vocabulary import CLOCK
from assets.atomic import atomic_write


class NotificationState(BaseModel):
    """What one reader has been told."""

    open: frozenset[str] = frozenset()
    clocks: date | None = None
    week: date | None = None


_TOLD = TypeAdapter(dict[str, NotificationState])


def tell(
    folder: Path,
    state: pl.DataFrame,
    night: date,
    configuration: Configuration,
    environment: Mapping[str, str],
    *,
    rehearsal: bool,
) -> tuple[int, int]:
    """Queues every reader's digest and empties the outbox as far as it goes. Gives the digests delivered and left."""
    outbox, told = Outbox(folder), _read(folder)
    link, after = configuration.recipients.link, dict(told)
    for recipient in configuration.recipients.recipients:
        own, before = state.filter(_concerns(recipient)), told.get(recipient.name, NotificationState())
        news, after[recipient.name] = due(own, before, configuration, night)
        if news is not None:
            for item in _items(recipient, news, link, before, rehearsal=rehearsal):
                outbox.queue(item)
    with atomic_write(folder / "told.json") as draft:
        draft.write_bytes(_TOLD.dump_json(after))
    delivered = outbox.empty(lambda item: deliver(item, configuration.recipients.smtp, environment))
    return delivered, len(outbox.waiting())


def _concerns(recipient: Recipient) -> pl.Expr:
    whose = recipient.organisations
    is_theirs = pl.lit(True) if EVERYBODY in whose else pl.col("organisation").is_in(whose)
    return is_theirs & pl.col("kind").is_in(recipient.kinds)


def due(
    state: pl.DataFrame, told: NotificationState, configuration: Configuration, night: date
) -> tuple[Digest | None, NotificationState]:
    """The digest for a reader of these alerts, if there is anything to say, and what has been told with it.

    There is: where something is new or closed; every day while a statutory clock runs; and on Mondays.
    """
    open_now = state.filter(pl.col("closed").is_null())
    audible = state.filter(~muted(configuration.mutes, night))
    audible_open = set(audible.filter(pl.col("closed").is_null())["id"])
    new = audible_open - told.open
    closed = told.open & set(audible.filter(pl.col("closed").is_not_null())["id"])
    has_clocks = not audible.filter(pl.col("closed").is_null() & (pl.col("kind") == CLOCK)).is_empty()
    repeat, weekly = has_clocks and told.clocks != night, is_weekly(night) and told.week != night
    after = NotificationState(
        open=(told.open & set(open_now["id"])) | new,
        clocks=night if repeat else told.clocks,
        week=night if weekly else told.week,
    )
    if not (new or closed or repeat or weekly):
        return None, after
    return digest(state, configuration.mutes, night, new, closed), after


def _items(
    recipient: Recipient, news: Digest, link: str | None, before: NotificationState, *, rehearsal: bool
) -> list[Item]:
    channel: Channel = "mail" if recipient.mail else "teams" if recipient.teams else "webhook"
    words = messages.subject(news, rehearsal=rehearsal)
    data = {"subject": words, "link": link, "digest": asdict(news) | {"night": str(news.night)}}
    payload = {
        "mail": {},
        "teams": messages.card(news, link, rehearsal=rehearsal),
        "webhook": data,
    }[channel]
    same = json.dumps([data, sorted(before.open), str(before.clocks), str(before.week)], ensure_ascii=False)
    return [
        Item(
            id=hashlib.sha256(f"{recipient.name}\x1e{to}\x1e{same}".encode()).hexdigest()[:24],
            night=str(news.night),
            recipient=recipient.name,
            channel=channel,
            to=to,
            news=bool(news.new or news.closed or news.weekly),
            subject=words,
            text=messages.text(news, link, rehearsal=rehearsal),
            html=messages.html(news, link, rehearsal=rehearsal),
            payload=payload,
        )
        for to in recipient.mail or filter(None, (recipient.teams, recipient.webhook))
    ]


def _read(folder: Path) -> dict[str, NotificationState]:
    path = folder / "told.json"
    return _TOLD.validate_json(path.read_bytes()) if path.exists() else {}
