"""Words that several commands say."""

from assets.publication import sv


def counted(count: int, one: str, many: str) -> str:
    """1 rad, 2 rader: as on the pages, with a blank that a terminal's search finds."""
    return sv.counted(count, one, many).replace(sv.NBSP, " ")
