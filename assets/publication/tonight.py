"""What alerts and validation say of an organisation tonight, also where its folder otherwise stays as it was."""

import re
import shutil
from pathlib import Path

from markupsafe import Markup

from assets.publication.output import OrganisationFolder
from assets.publication.page.render import copy_looks, head, render

_MAIN = re.compile(r"<main>(.*)</main>", re.DOTALL)
_SITE = ("index.html", "leveranser.html", "arshjul.html", "register.html")


def write_looks(folder: OrganisationFolder) -> None:
    """Writes what the pages look like: also where a folder has nothing but what is told of tonight."""
    copy_looks(folder.path)


def write_alerts(folder: OrganisationFolder) -> None:
    """Copies larm.csv as the alerts left it in the run's folder, and writes larm.html of what they would mail; a
    review has neither."""
    made = folder.run.folder / "alerts" / folder.organisation
    if not made.exists():
        return
    shutil.copy(made / "larm.csv", folder.path / "larm.csv")
    found = _MAIN.search((made / "larm.html").read_text(encoding="utf-8"))
    assert found, "larm.html of the alerts has no main part"
    _write_framed(folder, folder.path / "larm.html", "Larm", found[1])


def write_validation_page(folder: OrganisationFolder) -> None:
    """Writes validering.html."""
    content = folder.publication.validation_page(folder.organisation)
    _write_framed(folder, folder.path / "validering.html", "Validering", content)


def _write_framed(folder: OrganisationFolder, path: Path, title: str, content: str) -> None:
    """Writes another wing's content as a page like the rest. `content` is HTML, escaped where it was made."""
    has_page = not folder.is_kept or (folder.path / "index.html").exists()
    page = render(
        "inramad.html",
        head=head(folder.report, title, "", missing=folder.missing if has_page else _SITE),
        content=Markup(content),  # noqa: S704 – escaped where it was made
    )
    path.write_text(page, encoding="utf-8", newline="\n")
