"""Whether the inbox can be the one that deliveries have come through. Where it can't, the night is refused: one that
went on would say that nobody delivers any more, close alerts and leave out texts.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from assets.intake.archive import Archive
from assets.intake.inbox import entries_of, organisations
from assets.intake.inbox_names import display_name, is_ignored
from assets.intake.receipts import DamagedReceipts
from assets.refusal import RunRefused
from assets.registers.contract import CITY

_NAMED = 5
"""So many folders are named in a message."""


class InboxUnavailable(RunRefused):
    """The inbox as a whole can't be what it was: gone, unreadable, empty though deliveries have come, or another
    installation's. The message is one Swedish sentence."""


def require_inbox(inbox: Path, archive: Archive, fetched: Path | None = None) -> None:
    """Raises InboxUnavailable where there is no inbox to read, or it is not the archive's. `fetched`: what is fetched
    from other systems; where anything is, the inbox may be empty."""
    try:
        entries = [entry for entry in entries_of(inbox) if not is_ignored(entry.name)]
    except FileNotFoundError:
        raise InboxUnavailable(f"Inkorgen {inbox} finns inte: kontrollera LAGESBILD_INBOX.") from None
    except NotADirectoryError:
        raise InboxUnavailable(f"Inkorgen {inbox} är ingen mapp: kontrollera LAGESBILD_INBOX.") from None
    except OSError as fault:
        raise InboxUnavailable(f"Inkorgen {inbox} går inte att läsa: {fault.strerror}.") from None
    known = set(archive.organisations())
    by_fetching = organisations(fetched) if fetched else []
    if not entries and known and not by_fetching:
        raise InboxUnavailable(f"Inkorgen {inbox} är tom fast leveranser har kommit: är den rätt ansluten?")
    known -= {CITY}
    if not known or known & {*by_fetching, *(entry.name for entry in entries)}:
        return
    strangers = [entry for entry in entries if entry.name != CITY and _holds_anything(entry)]
    if strangers and not _are_of_the_archive(entries, known, archive):
        raise InboxUnavailable(
            f"Inkorgen {inbox} ser ut att vara en annan installations: den har mappar för "
            f"{_listed(display_name(entry.name) for entry in strangers)} och ingen för {_listed(sorted(known))}, som "
            "har levererat hit; kontrollera LAGESBILD_INBOX, eller lägg dit en tom mapp med ett av de gamla namnen "
            "om de har bytt namn."
        )


def _holds_anything(folder: os.DirEntry[str]) -> bool:
    try:
        return any(not is_ignored(entry.name) for entry in entries_of(folder))
    except OSError:  # no folder, or none that can be read
        return False


def _are_of_the_archive(folders: Iterable[os.DirEntry[str]], known: Iterable[str], archive: Archive) -> bool:
    """Whether one of the folders is an organisation's that has been renamed, for most of its files have been
    delivered before; or one, as the city's, in which sources have found the files of others."""
    delivered: set[tuple[str, int]] = set()
    read_by_sources: set[str] = set()
    for organisation in known:
        try:
            receipts = archive.receipts(organisation)
        except DamagedReceipts:
            return True  # nobody can tell; the night mends them, or refuses
        delivered.update(receipts.select("name", "size").rows())
        read_by_sources.update(receipts["folder"].drop_nulls())
    return any(folder.name in read_by_sources or _is_known(folder, delivered) for folder in folders)


def _is_known(folder: os.DirEntry[str], delivered: set[tuple[str, int]]) -> bool:
    try:
        lying = [entry for entry in entries_of(folder) if entry.is_file(follow_symlinks=False)]
        files = [(display_name(entry.name), entry.stat(follow_symlinks=False).st_size) for entry in lying]
    except OSError:
        return False
    return 2 * sum(file in delivered for file in files) > len(files)


def _listed(names: Iterable[str]) -> str:
    first = list(names)
    return ", ".join(first[:_NAMED]) + (f" och {len(first) - _NAMED} till" if len(first) > _NAMED else "")
