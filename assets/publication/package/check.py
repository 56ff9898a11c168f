"""Is a package as it was sealed? Answered from the file alone."""

import hashlib
import io
import json
import zlib
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from assets.disk import disk_fault
from assets.publication.manifest import MANIFEST
from assets.publication.package.figures import figure_faults
from assets.publication.package.seal import DOCUMENT

MAX_BYTES = 2**32
"""What a package may unpack to. The largest organisation's is a hundredth of it."""


def package_faults(path: Path) -> list[str]:
    """What isn't as it was sealed, in Swedish sentences; none where all is well. A file that is no package is a
    fault, never an error."""
    try:
        with ZipFile(path) as package:
            if sum(entry.file_size for entry in package.infolist()) > MAX_BYTES:
                return ["Filen packar upp till mer än ett paket kan rymma."]
            names = package.namelist()
            files = {name: package.read(name) for name in names}
    except OSError as fault:
        return [f"Filen går inte att läsa: {disk_fault(fault) or fault.strerror}."]
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return ["Filen går inte att läsa som ett paket: den är ingen .zip, eller är skadad eller inte hel."]
    if doubles := sorted({name for name in names if names.count(name) > 1}):
        return [f"{name} finns två gånger i paketet." for name in doubles]
    try:
        sealed: dict[str, str] = json.loads(files.pop(MANIFEST))["files"]
    except (KeyError, TypeError, ValueError):
        return [f"Paketet saknar ett läsbart {MANIFEST}."]
    return _file_faults(files, sealed) or _content_faults(files)


def _file_faults(files: dict[str, bytes], sealed: dict[str, str]) -> list[str]:
    faults = [f"{name} saknas i paketet." for name in sorted(sealed.keys() - files.keys())]
    faults += [
        f"{name} finns inte i {MANIFEST}: den har lagts till." for name in sorted(files.keys() - sealed.keys())
    ]
    return faults + [
        f"{name} har ändrats: dess SHA-256 är inte den i {MANIFEST}."
        for name in sorted(files.keys() & sealed.keys())
        if hashlib.sha256(files[name]).hexdigest() != sealed[name]
    ]


def _content_faults(files: dict[str, bytes]) -> list[str]:
    """Whether what was sealed hangs together: each figure follows from its items, and the document's numbers from the
    figures."""
    from assets.publication.document.number_check import faults

    evidence: dict[str, dict[str, Any]] = {
        Path(name).stem: json.loads(content) for name, content in files.items() if name.startswith("underlag/")
    }
    items = io.BytesIO(files["underlag.parquet"]) if "underlag.parquet" in files else None
    found = figure_faults(evidence, items, files["indikatorer.csv"])
    if DOCUMENT in files:
        found += [f"{DOCUMENT}: {fault}" for fault in faults(files[DOCUMENT], evidence)]
    return found
