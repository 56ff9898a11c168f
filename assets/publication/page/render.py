"""The templates, and what every page has in common."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assets.publication.page import words
from assets.publication.report import Picture
from assets.settings import FRESHNESS_WINDOW

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Head:
    """`root`: the way from the page to its organisation's folder; `here`: the page's place in the navigation."""

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


def head(picture: Picture, title: str, here: str, root: str = "") -> Head:
    until = picture.made_at + FRESHNESS_WINDOW
    return Head(
        title=title,
        organisation=picture.name,
        root=root,
        here=here,
        as_of=picture.run.as_of.isoformat(),
        known_at=picture.run.known_at.isoformat(),
        run=picture.run.id,
        is_review=picture.run.kind == "review",
        made_at=words.moment(picture.made_at),
        valid_until=words.moment(until),
        stale_after=until.isoformat(timespec="seconds"),
    )


def render(template: str, **values: object) -> str:
    """A page. Every value is escaped that isn't markup already, and a value that is missing is an error."""
    return environment().get_template(template).render(**values)


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
    made.filters |= {"number": words.number, "counted": words.counted}
    return made
