"""What a published list's columns hold, in Swedish: the one place where it is said is dictionary.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".toml")
EVERY = "every"
"""The table of what a heading means in any list that doesn't say otherwise."""


@cache
def dictionary() -> Mapping[str, Mapping[str, str]]:
    """List → heading → what stands under it."""
    found: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return found


def meaning(name: str, heading: str) -> str:
    """What stands under a heading of the list. Raises KeyError where nothing is said of it."""
    return {**dictionary()[EVERY], **dictionary().get(name, {})}[heading]
