"""Which reader gets which digest: each is made of what that reader hasn't been notified of.

    notified.json   per reader: the alerts notified as open, and the last days on which clocks and the week were

So a rerun repeats nothing, a new reader hears of all that is open, and an alert whose end was never notified,
because a night was lost in between, is notified by the next one.
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
from assets.alerts.digest import Digest, digest, is_weekly, with_muted
from assets.alerts.outbox import Outbox
from assets.alerts.recipients import EVERYBODY, Recipient
from assets.alerts.vocabulary import Kind
from assets.atomic import atomic_write
from assets.damaged import read_or_set_aside

_FILE = "notified.json"
_FORMER_FILE = "told.json"
"""What _FILE was called in data that an earlier version left."""


class NotificationState(BaseModel):
    """What one reader has been notified of. `open`: the ids of alerts that the reader knows as open."""

    open: frozenset[str] = frozenset()
    clocks: date | None = None
    week: date | None = None


_STATES = TypeAdapter(dict[str, NotificationState])


def notify(
    folder: Path,
    state: pl.DataFrame,
    night: date,
    configuration: Configuration,
    environment: Mapping[str, str],
    *,
    rehearsal: bool,
    failure: str | None = None,
) -> tuple[int, int]:
    """Returns the numbers of digests delivered and of those that wait: every reader's is queued, and the outbox is
    emptied as far as it goes. `failure`: what went wrong where the night failed; it is the subject for those whom
    the failed night concerns."""
    outbox, notified = Outbox(folder), read_notified(folder)
    after = dict(notified)
    for recipient in configuration.recipients.recipients:
        own, before = _concerning(state, recipient), notified.get(recipient.name, NotificationState())
        news, after[recipient.name] = due(own, before, configuration, night)
        if news is not None:
            hears_of_failure = Kind.FAILED_NIGHT in own.filter(pl.col("closed").is_null())["kind"]
            for item in _items(
                recipient, news, configuration.recipients.link, before, rehearsal=rehearsal,
                failure=failure if hears_of_failure else None,
            ):  # fmt: skip
                outbox.queue(item)
    with atomic_write(folder / _FILE) as draft:
        draft.write_bytes(_STATES.dump_json(after))
    (folder / _FORMER_FILE).unlink(missing_ok=True)
    delivered = outbox.empty(lambda item: deliver(item, configuration.recipients.smtp, environment))
    return delivered, len(outbox.waiting())


def read_notified(folder: Path) -> dict[str, NotificationState]:
    """Reader → what they have been notified of; empty where nobody has, or the file can't be read: then all hear
    again of all that is open."""
    for name in (_FILE, _FORMER_FILE):
        if (states := read_or_set_aside(folder / name, read_states)) is not None:
            return states
    return {}


def read_states(path: Path) -> dict[str, NotificationState]:
    """Reader → what they have been notified of, from a file. Raises ValueError where it can't be read."""
    return _STATES.validate_json(path.read_bytes())


def _concerning(state: pl.DataFrame, recipient: Recipient) -> pl.DataFrame:
    own = state.filter(pl.col("kind").is_in(list(recipient.kinds)))
    if EVERYBODY in recipient.organisations:
        return own
    return own.filter(pl.col("organisation").is_in(list(recipient.organisations)))


def due(
    state: pl.DataFrame, before: NotificationState, configuration: Configuration, night: date
) -> tuple[Digest | None, NotificationState]:
    """Returns the digest for a reader of these alerts, None where there is nothing to say, and what the reader has
    been notified of with it.

    There is something to say where an alert is new or closed, every day while a statutory clock runs, and on Mondays.
    """
    is_open = pl.col("closed").is_null()
    audible = with_muted(state, configuration.mutes, night).filter(~pl.col("muted"))
    new = set(audible.filter(is_open)["id"]) - before.open
    closed = before.open & set(audible.filter(~is_open)["id"])
    has_clocks = not audible.filter(is_open, pl.col("kind") == Kind.DEADLINE).is_empty()
    repeat, weekly = has_clocks and before.clocks != night, is_weekly(night) and before.week != night
    after = NotificationState(
        open=(before.open & set(state.filter(is_open)["id"])) | new,
        clocks=night if repeat else before.clocks,
        week=night if weekly else before.week,
    )
    if not (new or closed or repeat or weekly):
        return None, after
    return digest(state, configuration.mutes, night, new, closed), after


def _items(
    recipient: Recipient,
    news: Digest,
    link: str | None,
    before: NotificationState,
    *,
    rehearsal: bool,
    failure: str | None,
) -> list[Item]:
    channel: Channel = "mail" if recipient.mail else "teams" if recipient.teams else "webhook"
    subject = messages.subject(news, rehearsal=rehearsal, failure=failure)
    data = {"subject": subject, "link": link, "digest": asdict(news) | {"night": str(news.night)}}
    payload = {
        "mail": {},
        "teams": messages.card(news, link, rehearsal=rehearsal, failure=failure),
        "webhook": data,
    }[channel]
    content = json.dumps([data, sorted(before.open), str(before.clocks), str(before.week)], ensure_ascii=False)
    return [
        Item(
            id=hashlib.sha256(f"{recipient.name}\x1e{to}\x1e{content}".encode()).hexdigest()[:24],
            night=str(news.night),
            recipient=recipient.name,
            channel=channel,
            to=to,
            news=bool(news.new or news.closed or news.weekly),
            subject=subject,
            text=messages.text(news, link, rehearsal=rehearsal, failure=failure),
            html=messages.html(news, link, rehearsal=rehearsal, failure=failure),
            payload=payload,
        )
        for to in recipient.mail or filter(None, (recipient.teams, recipient.webhook))
    ]
