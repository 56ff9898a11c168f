"""What people have written for their organisation's document, as the intake left it."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assets.settings import Run


@dataclass(frozen=True)
class Note:
    """A dated note on an indicator, or on all of them (None). `row`: where it stands in noter.csv."""

    row: int
    day: date
    indicator: str | None
    text: str


@dataclass(frozen=True)
class Narrative:
    """What an organisation has written for its document: chapter → Markdown, its own template where it has one, its
    dated notes, oldest first, and what of it could not be used."""

    texts: dict[str, str]
    template: Path | None
    remarks: list[str]
    notes: list[Note] = field(default_factory=list)

    def notes_until(self, as_of: date, indicators: Collection[str]) -> tuple[list[Note], list[str]]:
        """The notes of days up to `as_of` on indicators that there are, and remarks on those on others."""
        unknown = [note for note in self.notes if note.indicator is not None and note.indicator not in indicators]
        remarks = [
            f"noter.csv, rad {note.row} används inte: Indikator nämner ingen indikator som finns."
            for note in sorted(unknown, key=lambda note: note.row)
        ]
        return [note for note in self.notes if note not in unknown and note.day <= as_of], remarks


def narrative_of(run: Run, organisation: str, config: Path) -> Narrative:
    """What the organisation has written; nothing where it has written nothing. Its own template goes before the
    installation's, which lies in `config`."""
    own: dict[str, Any] = json.loads(run.texts.read_text(encoding="utf-8")).get(organisation, {})
    templates = (run.texts.with_name(f"{organisation}.docx"), config / "mall.docx")
    template = next((path for path in templates if path.exists()), None)
    notes = [
        Note(note["row"], date.fromisoformat(note["date"]), note["indicator"], note["text"])
        for note in own.get("notes", [])
    ]
    notes.sort(key=lambda note: (note.day, note.row))
    return Narrative(own.get("texts", {}), template, own.get("remarks", []), notes)
