"""The narrative that people write for the review document: `<inbox>/<organisation>/texter/<kapitel>.md`, and the Word
template `texter/mall.docx` that an organisation may lay beside it; and the dated notes in `noter.csv` (`notes`).

They are no deliveries: nothing is counted in them, and they are read as they lie. Personal numbers and e-mail
addresses stop here as they do in every text.
"""

import json
import logging
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assets.atomic import atomic_write
from assets.disk import is_disk_fault
from assets.intake.inbox import CLOSED_FOLDER, open_file
from assets.intake.inbox_names import display_name, is_ignored
from assets.intake.notes import Notes, read_notes
from assets.intake.privacy import masked
from assets.settings import DEFAULT_LIMITS, Limits

logger = logging.getLogger("lagesbild.intake")

FOLDER, TEMPLATE = "texter", "mall.docx"
MAX_BYTES = 1_000_000
"""A chapter is some pages; what is larger is no chapter."""


def collect_narratives(
    inbox: Path, organisations: Iterable[str], texts: Path, limits: Limits = DEFAULT_LIMITS
) -> None:
    """Writes `texts` (JSON): per organisation with any, `texts` (file stem → Markdown), `remarks` (Swedish, on what
    could not be used) and, where there are any, `notes` (`notes.Notes`). A template is copied beside it as
    `<organisation>.docx`. Does nothing where it is there."""
    if texts.exists():
        return
    texts.parent.mkdir(parents=True, exist_ok=True)
    found = {}
    for organisation in organisations:
        folder = inbox / organisation / FOLDER
        own: dict[str, Any] = {}
        if _is_folder_of(folder, inbox / organisation):
            own = _read(folder, template_of(texts, organisation))
        if _is_folder_of(inbox / organisation, inbox):
            copy = texts.with_name(f"{organisation}.noter.csv")
            own = _with_notes(own, read_notes(inbox / organisation, copy, limits))
        if own:
            found[organisation] = own
    with atomic_write(texts) as draft:
        draft.write_text(json.dumps(found, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _with_notes(own: dict[str, Any], read: Notes) -> dict[str, Any]:
    if not read.notes and not read.remarks:
        return own
    for remark in read.remarks:
        logger.warning(remark)
    remarks = [*own.get("remarks", []), *read.remarks]
    return {"texts": own.get("texts", {}), "remarks": remarks, "notes": read.notes}


def template_of(texts: Path, organisation: str) -> Path:
    return texts.with_name(f"{organisation}.docx")


def _is_folder_of(folder: Path, owner: Path) -> bool:
    """Whether it is a folder, and no link leads to it."""
    try:
        return folder.is_dir() and not folder.is_symlink() and not owner.is_symlink()
    except OSError:
        return False


def _read(folder: Path, template: Path) -> dict[str, dict[str, str] | list[str]]:
    chapters: dict[str, str] = {}
    remarks = []
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        paths = []
        remarks.append(f"{FOLDER} används inte: {CLOSED_FOLDER}.")
    for path in paths:
        name = display_name(path.name)
        if is_ignored(path.name):
            continue
        if path.suffix.lower() != ".md" and path.name != TEMPLATE:
            remarks.append(f"{FOLDER}/{name} används inte: texterna ska heta <kapitel>.md, till exempel 2.2.1.md.")
            continue
        try:
            with open_file(path, folder) as file:
                if path.name == TEMPLATE:
                    with template.open("wb") as copy:
                        shutil.copyfileobj(file, copy)
                    continue
                content = file.read(MAX_BYTES + 1)
        except OSError as fault:
            if is_disk_fault(fault):
                raise
            remarks.append(f"{FOLDER}/{name} används inte: det är ingen vanlig fil som går att läsa.")
            continue
        if len(content) > MAX_BYTES:
            remarks.append(f"{FOLDER}/{name} används inte: filen är större än en megabyte.")
        else:
            chapters[Path(name).stem] = masked(_decoded(content).replace("\r\n", "\n").replace("\r", "\n"))
    for remark in remarks:
        logger.warning(remark)
    return {"texts": chapters, "remarks": remarks}


def _decoded(content: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252 (docs/spec/interfaces.md, Reading a file)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
