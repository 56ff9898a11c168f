"""`lagesbild dev`: the Dagster UI on loopback, with the schedule and the sensor, over this data folder."""

import os
import sys
from pathlib import Path

from assets.atomic import atomic_write
from assets.settings import Settings

PORT = 3000

_INSTANCE = """\
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
python_logs:
  managed_python_loggers: [lagesbild]
"""


def open_ui(settings: Settings) -> None:
    """Becomes `dagster dev`. Its own storage is kept in the data folder; nothing is sent anywhere."""
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(settings.data / "dagster")))
    if not (home / "dagster.yaml").exists():
        with atomic_write(home / "dagster.yaml") as draft:
            draft.write_text(_INSTANCE, encoding="utf-8")
    dagster = Path(sys.executable).with_name("dagster")
    workspace = Path(__file__).parents[1] / "workspace.yaml"
    arguments = ["dagster", "dev", "--workspace", str(workspace), "--host", "127.0.0.1", "--port", str(PORT)]
    os.execv(dagster, arguments)  # noqa: S606 – this process becomes it; no shell is meant
