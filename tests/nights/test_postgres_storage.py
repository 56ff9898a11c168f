"""Dagster's own storage on a real PostgreSQL, configured as docs/drift.md says."""

import re
from pathlib import Path
from urllib.parse import quote

import dagster as dg
import pytest
import trustme

from assets.settings import Settings
from pipelines.commands.run import DONE, execute
from pipelines.instance import CONFIGURATION, fail_orphans, open_instance, remove_old_runs
from pipelines.jobs import NIGHT
from tests.postgres import ROLE, postgres

pytestmark = pytest.mark.long

SECRET = "Hemligt-lösen_9f3b"  # noqa: S105 – of a server that lives as long as the test
MANUAL = Path(__file__).parents[2] / "docs" / "drift.md"


def test_a_night_is_kept_in_postgresql(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dagster_postgres")
    (storage,) = re.findall(r"```yaml\n(storage:\n.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    home = settings.data / "dagster"
    home.mkdir(parents=True)
    sqlite = CONFIGURATION[CONFIGURATION.index("event_log_storage:") : CONFIGURATION.index("python_logs:")]
    (home / "dagster.yaml").write_text(CONFIGURATION.replace(sqlite, storage), encoding="utf-8")
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    with postgres(SECRET, trustme.CA()) as port:
        monkeypatch.setenv(
            "DAGSTER_POSTGRES", f"postgresql+psycopg2://{ROLE}:{quote(SECRET)}@localhost:{port}/{ROLE}"
        )
        assert execute(settings, None, None) == DONE
        with open_instance(settings) as instance:
            assert type(instance.event_log_storage).__module__.startswith("dagster_postgres")
            (run,) = instance.get_runs()
            assert (run.job_name, run.status) == (NIGHT, dg.DagsterRunStatus.SUCCESS)
            event = instance.get_latest_materialization_event(dg.AssetKey(["marts", "gaps"]))
            assert event is not None
            assert fail_orphans(instance) == []
            assert remove_old_runs(instance) == 0
    assert not list(home.rglob("*.db")), "nothing is kept in files"
