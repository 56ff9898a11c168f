"""What stands next to the figures on the first page: the alerts that are open, and the files to download."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.publication.output import Group, Output

MAX_ALERTS = 100
"""Critical alerts that are written out on the page; the others stand in larm.html."""

Downloads = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Heading → file and what it is."""


@dataclass(frozen=True)
class Alerts:
    """How many alerts are open, by severity, and the critical ones in words: `more_critical` are left out."""

    new: int
    open: int
    by_severity: Mapping[str, int]
    critical: Sequence[str]
    more_critical: int


def alerts_of(alerts: pl.DataFrame) -> Alerts:
    """What larm.csv says: alerts that are open, and of these the critical ones in words."""
    standing = alerts.filter(pl.col("Tillstånd").is_in(["nytt", "kvarstår"]))
    severities = {name: standing.filter(pl.col("Allvar") == name).height for name in ("kritisk", "varning", "info")}
    critical = standing.filter(pl.col("Allvar") == "kritisk")["Text"].to_list()
    return Alerts(
        new=standing.filter(pl.col("Tillstånd") == "nytt").height,
        open=standing.height,
        by_severity=severities,
        critical=critical[:MAX_ALERTS],
        more_critical=max(len(critical) - MAX_ALERTS, 0),
    )


def downloads(outputs: Sequence[Output], folder: Path) -> Downloads:
    """The files that lie in the folder, under the heading of their group; a group without any is left out."""
    found: dict[str, list[tuple[str, str]]] = {group: [] for group in Group}
    for output in outputs:
        if output.group:
            found[output.group] += [(file, words) for file, words in output.files.items() if _exists(folder, file)]
    return [(group, files) for group, files in found.items() if files]


def _exists(folder: Path, file: str) -> bool:
    return "*" not in file and (folder / file).exists()
