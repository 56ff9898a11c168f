"""What is about to be shown is what was computed, cell by cell, or nothing is shown."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from assets.publication.csv_files import write_gap_lists, write_table
from assets.publication.report import Tables, load_tables, report_for
from assets.settings import Run, Settings
from assets.validation.draft_audit import DraftRejected, audit_draft
from assets.validation.page import NIGHTS, page
from assets.validation.result_history import nights_of
from assets.validation.validate import validate
from assets.warehouse.models import grains
from tests.validation.conftest import MODELS, REGISTERS, a_run

pytestmark = pytest.mark.slow

EVERYBODY = ["farsta", "jarva", "staden"]


@pytest.fixture
def draft(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Path:
    """Every list of every organisation, as they are about to be shown."""
    return drafted(load_tables(con, REGISTERS), a_run(tmp_path / "data", "review"), tmp_path, EVERYBODY)


def drafted(tables: Tables, run: Run, tmp_path: Path, organisations: Sequence[str]) -> Path:
    (tmp_path / "draft").mkdir()
    for organisation in organisations:
        report = report_for(tables, organisation, run, datetime(2023, 11, 21, tzinfo=UTC), {})
        folder = tmp_path / "draft" / organisation
        write_table("figures", report.tables.figures, folder / "indikatorer.csv")
        write_table("deliveries", report.tables.deliveries, folder / "leveranser.csv")
        if not report.is_city:
            write_gap_lists(report, folder)
    return tmp_path / "draft"


def test_what_is_shown_is_what_was_computed(con: duckdb.DuckDBPyConnection, draft: Path) -> None:
    audit_draft(con, draft, EVERYBODY)


@pytest.mark.parametrize("name", ["-nacka", "bristlistor", "=1+1"])
def test_an_organisation_may_be_called_anything(con: duckdb.DuckDBPyConnection, tmp_path: Path, name: str) -> None:
    """A name that Excel would take for a formula, or one that is a folder's of ours too."""
    con.execute("CREATE TEMP TABLE renamed AS SELECT schema_name || '.' || table_name AS name FROM duckdb_columns() "
                "WHERE column_name = 'organisation' AND database_name = current_database()")  # fmt: skip
    for (table,) in con.execute("SELECT name FROM renamed SEMI JOIN (SELECT schema_name || '.' || table_name AS name "
                                "FROM duckdb_tables()) USING (name)").fetchall():  # fmt: skip
        con.execute(f"UPDATE {table} SET organisation = ? WHERE organisation = 'farsta'", [name])
    tables, run = load_tables(con, REGISTERS), a_run(tmp_path / "data", "review")
    audit_draft(con, drafted(tables, run, tmp_path, [name]), [name])


def shorter(text: bytes) -> bytes:
    """Without its last row."""
    return b"\r\n".join(text.split(b"\r\n")[:-2]) + b"\r\n"


FAULTS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "a figure changed": ("farsta/indikatorer.csv", lambda text: text.replace(b";15;", b";16;", 1), "farsta INC-01"),
    "a figure lost": ("farsta/indikatorer.csv", shorter, "farsta RSK-03"),
    "another's row": ("farsta/indikatorer.csv", lambda text: text.replace(b";farsta;", b";jarva;", 1), "bara_egna"),
    "a gap lost": ("jarva/bristlistor/KLA-04.csv", shorter, "jarva KLA-04"),
    "a delivery lost": ("farsta/leveranser.csv", shorter, "alla_leveranser_visas"),
}


@pytest.mark.parametrize(("file", "spoil", "message"), FAULTS.values(), ids=FAULTS)
def test_a_file_that_says_something_else_is_not_shown(
    con: duckdb.DuckDBPyConnection, draft: Path, file: str, spoil: Callable[[bytes], bytes], message: str
) -> None:
    before = (draft / file).read_bytes()
    (draft / file).write_bytes(spoil(before))
    assert (draft / file).read_bytes() != before
    with pytest.raises(DraftRejected, match=message):
        audit_draft(con, draft, EVERYBODY)


def test_a_protected_person_is_found_also_where_no_item_says_that_it_is_about_one(
    con: duckdb.DuckDBPyConnection, draft: Path
) -> None:
    listed = (draft / "jarva" / "bristlistor" / "UTB-06.csv").read_text(encoding="utf-8-sig")
    key = next(cell for cell in listed.split(";") if cell.startswith("FS"))
    con.execute("UPDATE marts.indicator_items SET protected = false")
    con.execute("INSERT INTO core.protected_persons VALUES ('jarva', ?)", [key])
    with pytest.raises(DraftRejected, match=r"ingen_skyddad_person: jarva UTB-06"):
        audit_draft(con, draft, EVERYBODY)


def test_an_object_of_another_register_may_bear_a_protected_persons_number(
    con: duckdb.DuckDBPyConnection, draft: Path
) -> None:
    con.execute("UPDATE marts.indicator_items SET protected = true WHERE indicator = 'KLA-04'")
    con.execute("INSERT INTO core.protected_persons SELECT organisation, key FROM marts.gaps "
                "WHERE indicator = 'KLA-04' AND list = 'brist'")  # fmt: skip
    audit_draft(con, draft, EVERYBODY)


def test_a_list_of_a_figure_without_items_is_not_shown(con: duckdb.DuckDBPyConnection, draft: Path) -> None:
    con.execute("DELETE FROM marts.indicator_items WHERE organisation = 'jarva' AND indicator = 'KLA-04'")
    with pytest.raises(DraftRejected, match=r"listan_ar_siffrans_brister: jarva KLA-04"):
        audit_draft(con, draft, EVERYBODY)


def test_an_older_folder_that_stands_is_left_alone(con: duckdb.DuckDBPyConnection, draft: Path) -> None:
    (draft / "jarva" / "indikatorer.csv").write_text("Organisation;Indikator\njarva;x\n", encoding="utf-8")
    audit_draft(con, draft, ["farsta", "staden"])


@pytest.mark.long
def test_the_page_is_of_one_organisation_alone(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    con.execute("DELETE FROM marts.gaps WHERE organisation = 'jarva' AND indicator = 'KLA-04'")
    run = a_run(settings.data)
    validate(con, run, settings, REGISTERS, grains(MODELS))
    nights = nights_of(settings.data / "validation", run.as_of, NIGHTS)
    assert "Publiceringen är stoppad" in page(con, "jarva", nights)
    text = page(con, "farsta", nights)
    assert "Publiceringen är stoppad" not in text
    assert "jarva" not in text
    assert "Den senaste natten" in text
    assert "<h1>Validering</h1>" in page(con, "staden", nights)
