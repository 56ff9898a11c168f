"""Inbox → raw bytes and receipts: which files are new, or were written anew, and when each came."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from assets.disk import is_disk_fault
from assets.intake.archive import Archive
from assets.intake.inbox import InboxFile, open_file
from assets.intake.inbox_names import is_masked
from assets.intake.receipt_fields import RECEIPT, Receipt
from assets.intake.refusal import Refused
from assets.intake.sources.unpack import ending_of
from assets.registers.refusal_reasons import UNREADABLE

logger = logging.getLogger("lagesbild.intake")


def archive_new_files(files: Sequence[InboxFile], receipts: list[Receipt], archive: Archive, today: date) -> bool:
    """Archives the bytes of every file that is new or was written anew, and adds its arrival to the receipts."""
    newest: dict[tuple[str, str | None], list[Receipt]] = {}
    for receipt in sorted(receipts, key=_last_arrival, reverse=True):
        newest.setdefault((receipt["name"], receipt["source"]), []).append(receipt)
    by_content = {(receipt["name"], receipt["sha256"], receipt["source"]): receipt for receipt in receipts}
    changed = False
    for file in files:
        # Names that differ in what is masked alone look alike: any of theirs may be this file's.
        known = newest.get((file.name, file.source), [])[: None if is_masked(file.name) else 1]
        size, mtime_ns = 0, _midnight(today)  # of what may not even be looked at
        try:
            stat = file.path.lstat()
            size, mtime_ns = stat.st_size, stat.st_mtime_ns
            if any(_is_same(receipt, file, size, mtime_ns) for receipt in known):
                continue
            sha256 = _content(file, archive)
        except FileNotFoundError:
            continue  # gone between listing and reading
        except Refused as refused:
            file, sha256 = replace(file, obstacle=str(refused)), ""  # noqa: PLW2901 – it can't be unpacked
        except OSError as fault:
            if is_disk_fault(fault):
                raise
            logger.warning("%s/%s can't be opened: %s", file.organisation, file.name, fault.strerror)
            sha256 = ""
        if sha256 is None:
            logger.warning("%s/%s changed while it was read; left for next time", file.organisation, file.name)
            continue
        by_content.pop((file.name, "", file.source), None)
        arrival = {
            "day": today,
            "mtime_ns": mtime_ns,
            "order_ns": _place_in_time(mtime_ns, file, known),
        }
        _add_arrival(by_content, file, sha256, size, arrival)
        changed = True
    receipts[:] = by_content.values()
    return changed


def _content(file: InboxFile, archive: Archive) -> str | None:
    """The SHA-256 of the file, whose bytes are kept where it fits a register; empty where it may not be read, None
    where it changed meanwhile."""
    if file.obstacle:
        return ""
    if file.register is None:
        return _hash(file.path)
    return archive.store(file.path, file.member, unpacks=file.source is not None)


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp()) * 1_000_000_000


def _last_arrival(receipt: Receipt) -> tuple[date, int]:
    last = receipt["arrivals"][-1]
    return last["day"], _order(last)


def _order(arrival: dict[str, Any]) -> int:
    return int(arrival["order_ns"] or arrival["mtime_ns"])  # receipts of earlier versions have no order


def _place_in_time(mtime_ns: int, file: InboxFile, known: Sequence[Receipt]) -> int:
    """A file's modification time, or just after what came under its name before: the newer arrival counts."""
    if not known or is_masked(file.name):
        return mtime_ns
    return max(mtime_ns, _order(known[0]["arrivals"][-1]) + 1)


def _is_same(known: Receipt, file: InboxFile, size: int, mtime_ns: int) -> bool:
    if file.obstacle:
        return (known["refusal"], known["register"]) == (file.obstacle, file.register) and not known["sha256"]
    unchanged = (known["size"], known["arrivals"][-1]["mtime_ns"]) == (size, mtime_ns)
    return unchanged and known["register"] == file.register and bool(known["sha256"])


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with open_file(path, path.parent) as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _add_arrival(
    by_content: dict[tuple[str, str, str | None], Receipt],
    file: InboxFile,
    sha256: str,
    size: int,
    arrival: dict[str, Any],
) -> None:
    key = (file.name, sha256, file.source)
    known = by_content.get(key)
    if known and known["register"] == file.register and sha256:
        known["arrivals"].append(arrival)
        known["purged"] = None
        return
    by_content.pop(key, None)
    by_content[key] = dict.fromkeys(RECEIPT) | {
        "name": file.name,
        "register": file.register,
        "ending": _ending(file),
        "source": file.source,
        "sequence": file.sequence,
        "folder": file.folder if file.source and file.folder != file.organisation else None,
        "dated": file.dated,
        "sha256": sha256,
        "size": size,
        "arrivals": [arrival],
        "refusal": None if sha256 else file.obstacle or UNREADABLE,
    }


def _ending(file: InboxFile) -> str | None:
    if file.register is None:
        return None
    return ending_of(file.member or file.path.name) if file.source else file.path.suffix.lower()
