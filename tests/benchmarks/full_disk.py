"""Nights on a small file system that fills up, to run by hand in a mount namespace of its own:

unshare --user --map-root-user --mount .venv/bin/python -m tests.benchmarks.full_disk \\
    <data folder to copy> <empty folder to mount on> <inbox> [bytes free at each night, instead of FREE]

Prints one JSON line per night: how much was free, how it ended, what it said and what it left.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

from assets.intake.archive import Archive
from assets.settings import Settings
from pipelines.commands.run import execute
from tests.nights.victim import assert_intact, settings_of

SIZE = 256 << 20
FREE = (0, 300 << 10, 4 << 20, 7 << 20, 10 << 20, 13 << 20, 18 << 20)
"""Bytes that are left for a night: it fails at once, in the archive, in the warehouse, in the publication …"""


def main(source: Path, mount: Path, inbox: Path, all_free: Sequence[int] = FREE) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", mount], check=True)  # noqa: S603, S607
    data, ballast = mount / "data", mount / "ballast"
    shutil.copytree(source, data, symlinks=True, ignore=shutil.ignore_patterns("inbox"))
    settings = settings_of(data, inbox)
    for free in (*all_free, None):
        if free is not None:
            fill(ballast, free)
        print(json.dumps({"free": free, **night(settings)}), flush=True)
        ballast.unlink(missing_ok=True)


def fill(ballast: Path, free: int) -> None:
    stat = os.statvfs(ballast.parent)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, stat.f_bavail * stat.f_frsize - free))


def night(settings: Settings) -> dict[str, object]:
    messages = StringIO()
    with redirect_stderr(messages):
        code = execute(settings, None, None)
    assert_intact(settings.published / "current")
    archive = Archive(settings.archive)
    refused = [
        f"{organisation}/{receipt['name']}: {receipt['refusal']}"
        for organisation in archive.organisations()
        for receipt in archive.receipts(organisation).iter_rows(named=True)
        if receipt["refusal"] and receipt["register"]
    ]
    left = [
        str(path)
        for place in ("runs/*", "published/.draft-*", "archive/raw/.*.tmp")
        for path in settings.data.glob(place)
    ]
    return {"code": code, "messages": messages.getvalue(), "refused": refused, "left": left}


if __name__ == "__main__":
    data, place, deliveries, *left = sys.argv[1:]
    main(Path(data), Path(place), Path(deliveries), [int(text) for text in left] or FREE)
