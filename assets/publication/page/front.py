"""The publication's first page: the way to every organisation's own. It shows no figure, for every organisation may
see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from assets.publication import sv
from assets.publication.page.render import TEMPLATES, render
from assets.registers.contract import CITY
from assets.settings import FRESHNESS_WINDOW, Run


@dataclass(frozen=True)
class FrontLine:
    """One organisation: its folder and what people call it. `as_of` and `known_at` of what its folder shows, None
    where there is no page; `blocked`: its validation stopped it in this run; `faults`:
    what of it could not be written, as Swedish sentences."""

    folder: str
    name: str
    as_of: date | None
    known_at: date | None
    blocked: bool
    has_page: bool
    has_validation: bool = True
    has_matrix: bool = False
    faults: Sequence[str] = ()


def write_front(draft: Path, lines: Sequence[FrontLine], run: Run, made_at: datetime) -> None:
    """Writes index.html into the draft of the publication: the city first, then the organisations by name."""
    ordered = sorted(lines, key=lambda line: (line.folder != CITY, line.name.casefold(), line.folder))
    until = made_at + FRESHNESS_WINDOW
    page = render(
        "front.html",
        lines=ordered,
        style=(TEMPLATES / "stil.css").read_text(encoding="utf-8"),
        run=run,
        made_at=sv.moment(made_at),
        valid_until=sv.moment(until),
    )
    (draft / "index.html").write_text(page, encoding="utf-8", newline="\n")
