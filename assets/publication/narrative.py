"""What people have written for their organisation's document, as the intake left it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.settings import Run


@dataclass(frozen=True)
class Narrative:
    """What an organisation has written for its document: chapter → Markdown, its own template where it has one, and
    what of it could not be used."""

    texts: dict[str, str]
    template: Path | None
    remarks: list[str]


def narrative_of(run: Run, organisation: str, config: Path) -> Narrative:
    """What the organisation has written; nothing where it has written nothing. Its own template goes before the
    installation's, which lies in `config`."""
    own: dict[str, Any] = json.loads(run.texts.read_text(encoding="utf-8")).get(organisation, {})
    templates = (run.texts.with_name(f"{organisation}.docx"), config / "mall.docx")
    template = next((path for path in templates if path.exists()), None)
    return Narrative(own.get("texts", {}), template, own.get("remarks", []))
