"""What the Dagster UI tells of a night, as its events hold it."""

import re
from collections.abc import Iterator
from typing import Any

import dagster as dg
import pytest

from assets.settings import Settings
from pipelines.commands.run import DONE, execute
from pipelines.definitions import build_defs
from pipelines.instance import open_instance
from pipelines.jobs import NIGHT, REVIEW

LINK = "https://lagesbild.exempel.se/current"


@pytest.fixture
def instance(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setenv("DAGSTER_HOME", str(settings.data / "dagster"))
    settings.config.mkdir(parents=True)
    (settings.config / "recipients.toml").write_text(f'link = "{LINK}"\n', encoding="utf-8")
    with open_instance(settings) as opened:
        yield opened


def metadata_of(instance: dg.DagsterInstance, *key: str) -> dict[str, Any]:
    event = instance.get_latest_materialization_event(dg.AssetKey(key))
    assert event is not None
    assert event.asset_materialization is not None
    return {name: value.value for name, value in event.asset_materialization.metadata.items()}


def messages(instance: dg.DagsterInstance, run_id: str) -> str:
    return "\n".join(entry.user_message for entry in instance.all_logs(run_id))


@pytest.mark.long
def test_a_night_and_then_a_part_of_it(settings: Settings, instance: dg.DagsterInstance) -> None:
    assert execute(settings, None, None) == DONE
    (run,) = instance.get_runs()
    assert (run.tags["lagesbild/as_of"], run.tags["lagesbild/known_at"]) == ("2023-11-21", "2023-11-21")
    log = messages(instance, run.run_id)
    assert re.search(r"\d+ tabeller prövas", log)
    assert "gjordes inte om" not in log

    agreements = metadata_of(instance, "registers", "pub_avtal")
    assert agreements["refused_deliveries"] == 1
    assert "| pub_avtal_2023-11-06.csv | 2023-11-06 | kolumnen Gäller till saknas |" in agreements["refusals"]
    assert agreements["newest_delivery"].startswith("farsta/pub_avtal_")
    staff = metadata_of(instance, "registers", "personal")
    assert staff["dagster/row_count"] > 100
    assert staff["rows_in_quarantine"] >= 0

    figure = metadata_of(instance, "indicators", "utb_05")
    assert isinstance(figure["value"], float)
    assert figure["state"] in figure["figures"]
    assert "| farsta | " in figure["figures"]
    assert figure["page"] == f"{LINK}/staden/indikatorer/UTB-05.html"
    assert "value" not in metadata_of(instance, "indicators", "ai_01"), "no figure is no 0"
    columns = metadata_of(instance, "core", "employees")["dagster/column_schema"].columns
    assert [column.name for column in columns if not column.description] == []

    files = metadata_of(instance, "publication", "dokument")
    assert files["open"] == f"{LINK}/staden/ledningens_genomgang.docx"
    assert f"[farsta/ledningens_genomgang.pdf]({LINK}/farsta/ledningens_genomgang.pdf)" in files["files"]
    assert metadata_of(instance, "publication", "forstasida")["open"] == f"{LINK}/index.html"

    part = build_defs(settings).resolve_job_def(NIGHT).execute_in_process(
        instance=instance, asset_selection=[dg.AssetKey(["core", "employees"])], raise_on_error=True,
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
    )  # fmt: skip
    behind = messages(instance, part.run_id)
    assert "gjordes inte om: " in behind
    assert "indicators.utb_01" in behind
    assert "marts.gaps" in behind


def test_a_review_has_a_form_that_is_filled_in(empty: Settings) -> None:
    job = build_defs(empty).resolve_job_def(REVIEW)
    assert job.run_config == {"resources": {"run": {"config": {"as_of": "2023-10-31", "known_at": "2023-11-21"}}}}


def test_schedule_sensors_jobs_and_columns_of_registers_are_described(empty: Settings) -> None:
    defs = build_defs(empty)
    assert all(part.description for part in (*(defs.schedules or []), *(defs.sensors or [])))  # type: ignore[union-attr]
    assert all(defs.resolve_job_def(name).description for name in (NIGHT, REVIEW))
    (schema,) = (
        spec.metadata["dagster/column_schema"]
        for spec in defs.resolve_all_asset_specs()
        if spec.key == dg.AssetKey(["registers", "personal"])
    )
    undescribed = [column.name for column in schema.columns if not column.description]
    assert undescribed == []
