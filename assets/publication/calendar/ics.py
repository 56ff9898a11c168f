"""arshjul.ics: what a calendar program subscribes to (RFC 5545, RFC 7986).

An event keeps its UID as long as it is about the same thing. Where its day or words change its SEQUENCE grows by
one, and where it is done before its day it is cancelled, so that programs that took it in take it out. What doesn't
change keeps its bytes: the calendar published before says what stood in it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from assets.damaged import copy_aside
from assets.publication.calendar.events import Event, events
from assets.publication.report import Report

if TYPE_CHECKING:
    from icalendar import Event as Entry


def write_calendar(report: Report, path: Path, before: Path, aside: Path) -> None:
    """Writes the calendar of the report. `before`: the one published last, where there is one; `aside`: what a copy
    of it is named after where it can't be read. The events then begin anew, under the UIDs that they had."""
    from icalendar import Calendar

    try:
        earlier = _entries(before)
    except (ValueError, LookupError) as fault:
        copy_aside(before, aside, type(fault).__name__)
        earlier = {}
    calendar = Calendar()
    calendar.add("prodid", "-//Lagesbild//Arshjul//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", f"Årshjul, {report.name}")
    calendar.add("x-wr-calname", f"Årshjul, {report.name}")
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    stamp = report.made_at.replace(microsecond=0)
    current = {uid_of(report.organisation, event): event for event in events(report.tables.due)}
    for uid, event in current.items():
        calendar.add_component(_entry(uid, event, stamp, earlier.get(uid)))
    for entry in _cancelled(earlier, current, report.run.as_of, stamp):
        calendar.add_component(entry)
    path.write_bytes(calendar.to_ical())


def uid_of(organisation: str, event: Event) -> str:
    return str(uuid5(NAMESPACE_URL, f"lagesbild/{organisation}/{event.kind}/{event.key}"))


def _entries(path: Path) -> dict[str, "Entry"]:
    """The events of a calendar published before, by UID."""
    from icalendar import Calendar
    from icalendar import Event as Entry

    if not path.exists():
        return {}
    found = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(entry["UID"]): entry for entry in found if isinstance(entry, Entry)}


def _entry(uid: str, event: Event, stamp: datetime, earlier: "Entry | None") -> "Entry":
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", uid)
    entry.add("summary", event.summary)
    entry.add("description", event.description)
    entry.add("categories", [event.ring])
    entry.add("status", "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    if event.moment:
        entry.add("dtstart", event.moment.replace(tzinfo=stamp.tzinfo))
    else:
        entry.add("dtstart", event.day)
    same = earlier is not None and _content(entry) == _content(earlier)
    entry.add("dtstamp", earlier.decoded("DTSTAMP") if earlier is not None and same else stamp)
    entry.add("sequence", 0 if earlier is None else _sequence(earlier) + (not same))
    return entry


def _content(entry: "Entry") -> list[bytes]:
    """What a reader sees of an event."""
    values: list[Any] = [entry[name] for name in ("SUMMARY", "DESCRIPTION", "DTSTART", "STATUS")]
    return [value.to_ical() for value in values]


def _sequence(entry: "Entry") -> int:
    return int(str(entry["SEQUENCE"]))


def _cancelled(
    earlier: Mapping[str, "Entry"], current: Mapping[str, Event], as_of: date, stamp: datetime
) -> list["Entry"]:
    """What stood in the calendar and is no longer due, until its day has passed."""
    gone = []
    for uid, entry in earlier.items():
        start = entry.decoded("DTSTART")
        day = start.date() if isinstance(start, datetime) else start
        if uid in current or day < as_of:
            continue
        if str(entry["STATUS"]) != "CANCELLED":
            changed = {"STATUS": "CANCELLED", "SEQUENCE": _sequence(entry) + 1, "DTSTAMP": stamp}
            for name, value in changed.items():
                del entry[name]
                entry.add(name, value)
        gone.append(entry)
    return gone
