"""The notice on the pages of an organisation whose folder stays as it was: they show an earlier night."""

import re
from datetime import date
from pathlib import Path

from assets.publication.page.render import render

_PLACE = re.compile(r"<!--notis (\d{4}-\d\d-\d\d)-->.*?<!--/notis-->", re.DOTALL)
"""The place that the base template leaves, with the B of the page. No text of a page can hold it: text is escaped."""


def mark_kept(folder: Path, night: date, fault: str = "") -> None:
    """Puts the notice into every page of the organisation's kept folder, in place of an earlier night's notice.
    `fault`: why the folder could not be written; without it the validation stopped it."""
    for page in sorted(folder.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if place := _PLACE.search(text):
            way = "../" * (len(page.relative_to(folder).parts) - 1) + "validering.html"
            notice = render("notis.html", as_of=place[1], night=night, way=way, fault=fault)
            marked = f"{text[: place.start()]}<!--notis {place[1]}-->{notice}<!--/notis-->{text[place.end() :]}"
            page.write_text(marked, encoding="utf-8", newline="\n")
