"""The names of files as they may be shown: one spelling for tables, pages, logs and look-ups."""

import os
import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Unicode's categories of what a terminal or a page obeys rather than shows: control, direction, line breaks."""


def printable(name: str) -> str:
    """The name with what can't be seen as its escape (`\\x1b`, `\\u202e`), and bytes that are no UTF-8 as replacement
    characters."""
    text = os.fsencode(name).decode("utf-8", errors="replace")
    return "".join(_escaped(char) if unicodedata.category(char) in UNSEEN else char for char in text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode() if ord(char) > 0xFF else f"\\x{ord(char):02x}"
