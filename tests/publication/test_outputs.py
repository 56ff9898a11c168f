"""Every published file once: what the list of outputs says is what is written, shown and documented."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.publication import queries
from assets.publication.assets import CURRENT, DRAFT, draft_check, publication_assets
from assets.publication.draft import Draft
from assets.publication.outputs import OUTPUTS
from assets.publication.queries import FOLDER, report_query
from assets.publication.report import Report, Tables
from assets.settings import Run
from assets.sql_files import SqlFileError

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LISTS = [field.name for field in fields(Tables)]


def test_no_file_and_no_name_is_there_twice() -> None:
    names = [output.name for output in OUTPUTS]
    assert len(names) == len(set(names))
    files = [(output.where == "top", file) for output in OUTPUTS for file in output.files]
    assert len(files) == len(set(files))


def test_every_query_of_a_report_is_shown_somewhere() -> None:
    published = {query for output in OUTPUTS for query in output.queries}
    assert published == {path.stem for path in FOLDER.glob("*.sql")}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_its_grain_and_its_headings(name: str, reports: dict[str, Report]) -> None:
    header = report_query(name).header
    for report in reports.values():
        table: pl.DataFrame = getattr(report.tables, name)
        assert set(header.headings) <= set(table.columns)
        assert set(header.not_in_file) <= set(header.headings)
        assert not table.select(pl.struct(header.grain).is_duplicated().any()).item(), header.grain


def test_the_readme_and_the_handbook_name_every_file() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tree = readme[readme.index("data/published/current/") :]
    tree = tree[: tree.index("```")]
    handbook = (ROOT / "docs" / "samordnarens-handledning.md").read_text(encoding="utf-8")
    for output in OUTPUTS:
        for file, words in output.files.items():
            assert _is_named(file, tree), f"README: {file}"
            assert not words or _is_named(file, handbook), f"handbook: {file}"


def _is_named(file: str, text: str) -> bool:
    """A pattern of files is named by their folder."""
    return (f"{file.split('/', maxsplit=1)[0]}/" if "*" in file else file.rpartition("/")[2]) in text


def _built(_: Run) -> Draft:
    return Draft(Path("draft"), ("farsta",))


def _place_of(_: Run, place: str) -> dg.MetadataValue:
    return dg.MetadataValue.url(f"https://lagesbild.exempel.se/{place}")


def _assets(
    audit: str = "passes", released: list[str] | None = None
) -> list[dg.AssetsDefinition | dg.AssetChecksDefinition]:
    def check(_: Run) -> None:
        if audit != "passes":
            raise RuntimeError(audit)

    def show(run: Run) -> Path:
        (released if released is not None else []).append(run.id)
        return Path("current")

    return [*publication_assets(_built, show, _place_of), draft_check(check)]


def test_lineage_follows_from_the_queries() -> None:
    publication, *_ = publication_assets(_built, lambda run: run.folder, _place_of)
    assert isinstance(publication, dg.AssetsDefinition)
    deps = {spec.key.path[-1]: {dep.asset_key.to_user_string() for dep in spec.deps} for spec in publication.specs}
    first = {"history", "alerts/evaluate"}
    assert deps["indikatorer"] == first | {"marts/indicator_values", "marts/bounds", "core/review"}
    assert deps["indikatorer_per_enhet"] == first | {"marts/indicator_values", "core/review", "registers/enheter"}
    assert deps["underlag"] >= {"marts/indicator_items", "intake/deliveries", "marts/indicator_values"}
    assert deps["kalender"] == first | {"marts/due"}
    assert deps["draft"] == set().union(*(own for name, own in deps.items() if name != "draft"))
    assert "validation/blocked" not in deps["draft"]


@pytest.mark.parametrize(("audit", "is_released"), [("passes", True), ("INC-01 differs", False)])
def test_a_draft_is_released_once_its_audit_passes(audit: str, is_released: bool, tmp_path: Path) -> None:
    released: list[str] = []
    day = date(2023, 11, 21)
    run = Run("run", "nightly", day, day, day, tmp_path)
    with dg.DagsterInstance.ephemeral() as instance:
        own = _assets(audit, released)
        result = dg.materialize(own, resources={"run": run}, raise_on_error=False, instance=instance)
    assert (result.success, released) == (is_released, ["run"] if is_released else [])
    made = {event.asset_key for event in result.get_asset_materialization_events()}
    assert DRAFT in made
    assert (CURRENT in made) == is_released


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ('columns = ["nothing"]', "no heading for nothing"),
        ('columns = ["unit"]\n\n[headings]\nother = "Annat"', "headings for other, which columns doesn't name"),
    ],
)
def test_a_column_without_a_heading_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str, fault: str
) -> None:
    (tmp_path / "headings.toml").write_text('[headings]\nunit = "Enhet"\n\n[on_sheets]\n', encoding="utf-8")
    text = f'/*\nabout = "x"\ngrain = ["unit"]\n{header}\n*/\nselect 1 as unit'
    (tmp_path / "broken.sql").write_text(text, encoding="utf-8")
    monkeypatch.setattr(queries, "FOLDER", tmp_path)
    queries._vocabulary.cache_clear()
    try:
        with pytest.raises(SqlFileError, match=fault):
            report_query("broken")
    finally:
        queries._vocabulary.cache_clear()
