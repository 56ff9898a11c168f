"""`<data>/status.json`: how the last night went, and when a night was last published. Any monitor may read it.

    {"last_night": {"run", "as_of", "outcome", "at", "step", "fault"}, "published": {"run", "as_of", "at"}}

`step` is where a night failed and `fault` what did, as the alert says it; they are absent where none did. A night
that failed before its first step has `fault` alone.
Instants are ISO 8601 in UTC. Reviews leave no trace.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assets.atomic import atomic_write
from assets.settings import Run, Settings

UNDER_WAY, PUBLISHED, UNPUBLISHED = "pågår", "publicerad", "publicerade inget"

_BEFORE_0_2 = "last_night.json"
"""Where earlier versions kept `last_night`; read until a night of this version has written its own."""


class DamagedStatus(ValueError):
    """The file is there and can't be read; the message says in Swedish which."""


def record_outcome(settings: Settings, run: Run, outcome: str) -> None:
    """Writes down how a night stands."""
    if run.kind == "nightly":
        night = {"run": run.id, "as_of": run.as_of.isoformat(), "outcome": outcome, "at": _now()}
        published = {name: night[name] for name in ("run", "as_of", "at")}
        _write(settings, {"last_night": night} | ({"published": published} if outcome == PUBLISHED else {}))


def record_failure(settings: Settings, step: str, fault: str | None) -> None:
    """Writes down in which step the last night failed, and what `boundary.kind_of` says of it."""
    night = last_night(settings)
    if night:
        _write(settings, {"last_night": night | {"step": step} | ({"fault": fault} if fault else {})})


def record_unbegun(settings: Settings, token: str, day: date, fault: str) -> None:
    """Writes down that the night of a day failed before it had begun, and what may be said of why. `token`: what its
    id ends with."""
    run = f"{datetime.now(ZoneInfo('Europe/Stockholm')):%Y%m%dT%H%M%S}-{token}"
    night = {"run": run, "as_of": day.isoformat(), "outcome": UNPUBLISHED, "at": _now(), "fault": fault}
    _write(settings, {"last_night": night})


def last_night(settings: Settings) -> dict[str, Any]:
    """How the last night went; empty where there was none, or where what was written of it is damaged."""
    try:
        night = read_status(settings).get("last_night")
    except DamagedStatus:
        return {}
    return night if isinstance(night, dict) else {}


def read_status(settings: Settings) -> dict[str, dict[str, Any]]:
    """The file's content; empty where there was no night yet. Raises DamagedStatus."""
    for path in (_path(settings), settings.data / _BEFORE_0_2):
        if path.exists():
            content = _read(path)
            return content if path == _path(settings) else {"last_night": content}
    return {}


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise DamagedStatus(f"{path} går inte att läsa.") from fault
    if not isinstance(content, dict) or not all(isinstance(value, dict | str) for value in content.values()):
        raise DamagedStatus(f"{path} har inte det innehåll som den ska.")
    return content


def _write(settings: Settings, changed: dict[str, Any]) -> None:
    try:
        known = read_status(settings)
    except DamagedStatus:
        known = {}
    with atomic_write(_path(settings)) as draft:
        draft.write_text(json.dumps(known | changed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (settings.data / _BEFORE_0_2).unlink(missing_ok=True)


def _path(settings: Settings) -> Path:
    return settings.data / "status.json"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
