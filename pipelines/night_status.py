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
            status = content if path == _path(settings) else {"last_night": content}
            if not _is_status(status):
                raise DamagedStatus(f"{path} har inte det innehåll som den ska.")
            return status
    return {}


def _read(path: Path) -> Any:  # noqa: ANN401 – what JSON holds
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise DamagedStatus(f"{path} går inte att läsa.") from fault


def _is_status(content: object) -> bool:
    if not isinstance(content, dict) or not all(_is_noted(night) for night in content.values()):
        return False
    return "last_night" not in content or "outcome" in content["last_night"]


def _is_noted(night: object) -> bool:
    """Whether it is a night as one is written down: texts by name, its run and an instant among them."""
    if not isinstance(night, dict) or not all(isinstance(text, str) for text in night.values()):
        return False
    return "run" in night and is_instant(night.get("at"))


def is_instant(text: object) -> bool:
    """Whether it is an instant as the data folder's files have them, which every clock here can show."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
        return moment is not None and moment.tzinfo is not None and moment.astimezone() is not None
    except (ValueError, OverflowError):
        return False


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
