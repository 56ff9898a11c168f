"""Whatever came in whatever order: what is in force for a K is what the spec's own words give, told step by step."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.archive import Archive
from assets.intake.deliveries import deliveries
from assets.intake.receipt_fields import RECEIPT
from tests.intake.delivered import REGISTERS

pytestmark = pytest.mark.slow

FIRST = date(2026, 1, 1)
SNAPSHOT, ACCUMULATING = "vor_indikatorer", "utbildning"
REFUSED = "X"
DATED = {
    "a_2026-01-02.csv": date(2026, 1, 2),
    "b_2026-01-02.csv": date(2026, 1, 2),
    "c_2026-01-04.csv": date(2026, 1, 4),
}
UNDATED = ("d.csv", "e.csv")


@dataclass(frozen=True)
class Event:
    """A file is written with a content, and first seen so on a day."""

    seen: date
    name: str
    content: str
    mtime: int

    @property
    def delivered(self) -> date:
        return DATED.get(self.name, self.seen)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    days = st.integers(0, 5).map(lambda number: FIRST + timedelta(number))
    written = st.builds(Event, days, st.sampled_from([*DATED, *UNDATED]), st.sampled_from("ABX"), st.integers(1, 9))
    events = draw(st.lists(written, max_size=8, unique_by=lambda event: (event.name, event.mtime)))
    return sorted(events, key=lambda event: (event.seen, event.mtime))


def receipts(history: list[Event], register: str) -> list[dict[str, object]]:
    """A receipt for each name with one content, with every day on which it came so."""
    made: dict[tuple[str, str], dict[str, object]] = {}
    for event in history:
        fresh = dict.fromkeys(RECEIPT) | {
            "name": event.name, "register": register, "ending": ".csv", "dated": DATED.get(event.name), "size": 1,
            "sha256": event.content, "reading": "r", "refusal": "trasig" if event.content == REFUSED else None,
            "read": 1, "loaded": 1, "quarantined": 0, "duplicates": 0, "dropped_cells": 0, "arrivals": [],
        }  # fmt: skip
        receipt = made.setdefault((event.name, event.content), fresh)
        arrivals = receipt["arrivals"]
        assert isinstance(arrivals, list)
        arrivals.append({"day": event.seen, "mtime_ns": event.mtime})
    return list(made.values())


def by_the_spec(history: list[Event], register: str, known_at: date) -> list[tuple[object, ...]]:
    """The spec step by step: in time, what each delivery is to the ones before it."""
    last = {(event.name, event.content): event for event in history}
    first = {(event.name, event.content): event for event in reversed(history)}
    counted = {file: (first if event.name in UNDATED else last)[file] for file, event in last.items()}
    in_force: list[dict[str, object]] = []
    rows: list[dict[str, object]] = []
    for event in sorted(counted.values(), key=lambda event: (event.delivered, event.mtime, event.name)):
        row = {"name": event.name, "content": event.content, "delivered": event.delivered, "confirmed": None}
        same = next((earlier for earlier in in_force if earlier["content"] == event.content), None)
        if event.name in UNDATED and event.content != REFUSED and event.delivered <= known_at:
            again = last_known(history, event, known_at)
            if again > ((same or row)["confirmed"] or (same or row)["delivered"]):  # type: ignore[operator]
                (same or row)["confirmed"] = again
        if event.delivered > known_at:
            row["status"] = "framtida"
        elif event.content == REFUSED:
            row["status"] = "avvisad"
        elif same:
            row["status"] = "upprepad"
            if event.delivered > (same["confirmed"] or same["delivered"]):  # type: ignore[operator]
                same["confirmed"] = event.delivered
        else:
            if REGISTERS[register].mode == "snapshot":
                for earlier in in_force:
                    earlier["status"] = "ersatt"
                in_force.clear()
            row["status"] = "i kraft"
            in_force.append(row)
        rows.append(row)
    return list(_once_per_file(rows))


def last_known(history: list[Event], event: Event, known_at: date) -> date:
    """The newest day on which the same bytes came under the same name."""
    return max(
        other.seen
        for other in history
        if (other.name, other.content) == (event.name, event.content) and other.seen <= known_at
    )


def _once_per_file(rows: list[dict[str, object]]) -> Iterator[tuple[object, ...]]:
    """What holds or held has a row of its own; for the rest a file's first row tells enough."""
    seen = set()
    for row in rows:
        file = (row["name"], row["content"])
        if row["status"] in ("i kraft", "ersatt") or file not in seen:
            yield tuple(row.values())
        seen.add(file)


def found(given_receipts: list[dict[str, object]], known_at: date) -> pl.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        archive.write_receipts("farsta", pl.DataFrame(given_receipts, schema=RECEIPT))
        return deliveries(archive, REGISTERS, ["farsta"], known_at)


@given(histories(), st.sampled_from([SNAPSHOT, ACCUMULATING]), st.integers(-1, 6))
def test_the_picture_for_any_k_is_the_one_the_spec_tells(history: list[Event], register: str, days: int) -> None:
    known_at = FIRST + timedelta(days)
    resolved = found(receipts(history, register), known_at).filter(organisation="farsta", register=register)
    seen = resolved.filter(pl.col("status") != "saknas").sort("position")
    assert seen.select("name", "sha256", "delivered", "confirmed", "status").rows() == by_the_spec(
        history, register, known_at
    )
    assert ("saknas" in resolved["status"].to_list()) == (not history)
    stands = seen["status"].is_in(["i kraft", "ersatt"])
    assert (seen["folder"].is_not_null() == stands).all()
    assert (seen["loaded"].is_not_null() == stands).all()


@given(histories(), st.sampled_from([SNAPSHOT, ACCUMULATING]), st.randoms(use_true_random=False))
def test_the_order_of_the_receipts_does_not_matter(history: list[Event], register: str, random: object) -> None:
    straight = receipts(history, register)
    shuffled = list(straight)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert found(straight, date(2027, 1, 1)).equals(found(shuffled, date(2027, 1, 1)))
