"""The kept warehouse: whole, its owner's alone, and what a part of the graph is materialised on."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets.settings import Settings
from assets.warehouse.build import MissingInput
from pipelines.definitions import build_defs
from pipelines.jobs import NIGHT
from pipelines.night_status import last_night
from tests.nights.conftest import QUIET, copied
from tests.nights.victim import settings_of

pytestmark = pytest.mark.long

LATER = date(2023, 11, 23)


@pytest.fixture
def settings(first_night: Path, tmp_path: Path) -> Settings:
    """The morning two days later."""
    return settings_of(copied(first_night, tmp_path), today=LATER)


def materialise(settings: Settings, selected: Sequence[str]) -> list[str]:
    """Materialises some assets alone, with their checks, and gives what was materialised. Raises what the step
    raised."""
    keys = [dg.AssetKey(key.split("/")) for key in selected]
    with dg.DagsterInstance.ephemeral() as instance:
        job = build_defs(settings).resolve_job_def(NIGHT)
        try:
            result = job.execute_in_process(instance=instance, asset_selection=keys, run_config={"loggers": QUIET})
        except dg.DagsterExecutionStepExecutionError as fault:
            raise fault.__cause__ or fault from None
    return [
        event.asset_key.to_user_string() for event in result.get_asset_materialization_events() if event.asset_key
    ]


def query(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(settings.warehouse, read_only=True) as con:
        return con.execute(sql).fetchall()


def test_a_night_leaves_every_table_for_its_owner_alone(settings: Settings) -> None:
    schemas = {str(name) for (name,) in query(settings, "SELECT DISTINCT schema_name FROM duckdb_tables()")}
    assert schemas == {
        "registers", "core", "indicators", "marts", "history", "validation", "catalogue", "intake", "calendar",
    }  # fmt: skip
    assert query(settings, "SELECT as_of FROM core.review") == [(date(2023, 11, 21),)]
    assert query(settings, "SELECT count(*) > 1000 FROM registers.personal") == [(True,)]
    modes = [oct(path.stat().st_mode & 0o777) for path in (settings.warehouse, settings.warehouse.parent)]
    assert modes == ["0o600", "0o700"]


def test_a_part_of_the_graph_is_made_alone_on_what_is_kept(settings: Settings) -> None:
    before = query(settings, "FROM marts.gaps ORDER BY ALL")
    with duckdb.connect(settings.warehouse) as con:
        con.execute("DELETE FROM marts.gaps")
        con.execute("ALTER TABLE core.employees ADD COLUMN made_before BOOLEAN")
        con.execute("DELETE FROM catalogue.items WHERE indicator = 'INC-01'")
    published = (settings.published / "current").resolve()
    assert materialise(settings, ["marts/gaps", "indicators/inc_01"]) == ["indicators/inc_01", "marts/gaps"]
    assert query(settings, "FROM marts.gaps ORDER BY ALL") == before
    columns = [name for name, *_ in query(settings, "DESCRIBE core.employees")]
    assert "made_before" in columns, "nothing is made behind the asset's back"
    assert query(settings, "SELECT count(*) FROM catalogue.items WHERE indicator = 'INC-01'") == query(
        settings, "SELECT count(*) FROM indicators.inc_01"
    )
    assert query(settings, "SELECT as_of FROM core.review") == [(date(2023, 11, 21),)], "still of its own night"
    assert (settings.published / "current").resolve() == published
    assert last_night(settings)["as_of"] == "2023-11-21", "no night"


def test_a_step_that_lacks_its_input_says_so_and_changes_nothing(settings: Settings) -> None:
    with duckdb.connect(settings.warehouse) as con:
        con.execute("DROP TABLE core.employees")
    bytes_before = settings.warehouse.read_bytes()
    with pytest.raises(MissingInput, match="Materialise core/employees first"):
        materialise(settings, ["core/mandatory_training"])
    assert settings.warehouse.read_bytes() == bytes_before
    settings.warehouse.unlink()
    with pytest.raises(MissingInput, match="No warehouse is kept yet"):
        materialise(settings, ["marts/gaps"])


def test_with_upstream_it_is_made_anew_and_the_kept_one_stays(settings: Settings) -> None:
    bytes_before = settings.warehouse.read_bytes()
    graph = build_defs(settings).resolve_asset_graph()
    inbox = [key.to_user_string() for key in graph.get_all_asset_keys() if key.path[0] in ("registers", "intake")]
    made = materialise(
        settings, [*inbox, "core/review", "core/protected_persons", "core/active_units", "core/employees"]
    )
    assert {"core/employees", "registers/personal", "intake/deliveries"} < set(made)
    assert settings.warehouse.read_bytes() == bytes_before, "the kept one is of one whole night, always"
