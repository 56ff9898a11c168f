"""The templates, and what every page has in common."""

import shutil
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assets.publication import sv
from assets.publication.report import Report
from assets.settings import FRESHNESS_WINDOW

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
_OF_ORGANISATIONS = ("atgarder.html", "enheter/*", "system/*")
"""Pages that the city doesn't have: no list leaves its organisation."""


@dataclass(frozen=True)
class Head:
    """What a page says of itself. `root`: the way from the page to its organisation's folder; `here`: the page's
    place in the navigation; `missing`: the files, and patterns of files, of the folder that could not be written, or
    that the city doesn't have."""

    title: str
    organisation: str
    root: str
    here: str
    as_of: str
    known_at: str
    run: str
    is_review: bool
    made_at: str
    valid_until: str
    stale_after: str
    missing: tuple[str, ...] = ()

    def is_written(self, href: str) -> bool:
        """Whether the file that a link leads to could be written."""
        file = href.removeprefix("../")
        return not any(fnmatch(file, pattern) for pattern in self.missing)

    @property
    def has_units(self) -> bool:
        """Whether the units' own pages are there."""
        return self.is_written("enheter/x.html")


def head(report: Report, title: str, here: str, root: str = "", missing: tuple[str, ...] = ()) -> Head:
    """What every page of a report says of itself."""
    until = report.made_at + FRESHNESS_WINDOW
    return Head(
        title=title,
        organisation=report.name,
        root=root,
        here=here,
        as_of=report.run.as_of.isoformat(),
        known_at=report.run.known_at.isoformat(),
        run=report.run.id,
        is_review=report.run.kind == "review",
        made_at=sv.moment(report.made_at),
        valid_until=sv.moment(until),
        stale_after=until.isoformat(timespec="seconds"),
        missing=(*missing, *(_OF_ORGANISATIONS if report.is_city else ())),
    )


def render(template: str, **values: object) -> str:
    """A page. Every value is escaped that isn't markup already, and a value that is missing is an error."""
    return environment().get_template(template).render(**values)


def copy_looks(folder: Path) -> None:
    """Copies the style sheet and the script of the pages into an organisation's folder."""
    for name in ("stil.css", "sida.js"):
        shutil.copyfile(TEMPLATES / name, folder / name)


@cache
def environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "number": lambda number: sv.integer(int(number)),
        "counted": sv.counted,
        "sentence": sv.sentence,
        "age": sv.age,
    }
    return made
