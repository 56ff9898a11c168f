"""What waits to be delivered, and what has been: nothing is lost, and nothing is sent twice.

outbox/<night>-<id>.json   waits; it is tried again by every night until it is taken
sent/<night>-<id>.json     delivered: to whom and when, without the words
outbox/….json.trasig       can't be read, and is set aside
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assets.alerts.channels import Item, Undelivered
from assets.atomic import atomic_write
from assets.damaged import read_or_set_aside

PATIENCE = 120.0
"""Seconds that one night spends on the outbox; what is left is the next night's."""

logger = logging.getLogger("lagesbild.alerts")


@dataclass(frozen=True)
class Outbox:
    """The letters in and below `folder`, which is the alerts' own."""

    folder: Path

    def queue(self, item: Item) -> None:
        """Puts it in, unless it is there or was sent. One that waits and holds no news gives way to this one."""
        if self._waits(item).exists() or self._sent(item).exists():
            return
        for other in self.waiting():
            if not other.news and (other.recipient, other.to) == (item.recipient, item.to):
                self._waits(other).unlink()
        with atomic_write(self._waits(item)) as draft:
            draft.write_text(item.model_dump_json(), encoding="utf-8")

    def waiting(self) -> list[Item]:
        """Returns what waits, oldest first. A letter that can't be read is set aside."""
        paths = sorted((self.folder / "outbox").glob("*.json"))
        items = [read_or_set_aside(path, read_item) for path in paths]
        return [item for item in items if item is not None]

    def empty(self, deliver: Callable[[Item], None], patience: float = PATIENCE) -> int:
        """Delivers what can be delivered and returns the number. A channel that is down waits for the next night."""
        until, down, delivered = time.monotonic() + patience, set[str](), 0
        for item in self.waiting():
            if self._sent(item).exists():  # killed between sending it and taking it out
                self._waits(item).unlink()
            elif item.server not in down and time.monotonic() < until:
                try:
                    deliver(item)
                except Undelivered as fault:
                    logger.warning("Larm till %s väntar i utkorgen: %s", item.recipient, fault)
                    down |= {item.server} if fault.server else set()
                    continue
                self._note_sent(item)
                self._waits(item).unlink()
                delivered += 1
        return delivered

    def _note_sent(self, item: Item) -> None:
        noted = item.model_dump(include={"id", "night", "recipient", "channel", "to", "subject"})
        noted["at"] = datetime.now(UTC).isoformat(timespec="seconds")
        with atomic_write(self._sent(item)) as draft:
            draft.write_text(json.dumps(noted, ensure_ascii=False), encoding="utf-8")

    def _waits(self, item: Item) -> Path:
        return self.folder / "outbox" / f"{item.night}-{item.id}.json"

    def _sent(self, item: Item) -> Path:
        return self.folder / "sent" / f"{item.night}-{item.id}.json"


def read_item(path: Path) -> Item:
    """The letter in a file. Raises ValueError where it is none."""
    return Item.model_validate_json(path.read_bytes())
